import type { FarmNotification } from '../../src/local/farm/simulate-farm.ts';
import { stoppedJob, taskIn } from './stack-to-ask.ts';

const MINUTE = 60_000;

/** What an alert with `job-failed`, `task-failed`, and `task-requeued` tells. */
const TOLD = /^(Failed|Queued)$/;

/**
 * A night of a farm, with two jobs that fail and a machine that fails the tasks of three others, which complete.
 *
 * @param begin when it begins, in ms since the epoch
 */
export function madeUpNight(begin: number): FarmNotification[] {
  const night: FarmNotification[] = [];
  const add = (minute: number, body: object) => {
    const sent = begin + minute * MINUTE;
    // Deadline notices it some time before it sends.
    const at = sent - 10_000 + (night.length % 1_000);
    const Timestamp = `${new Date(at).toISOString().replace('Z', '')}0000Z`;
    night.push({ sent, body: { ...body, Timestamp } as FarmNotification['body'] });
  };
  const stop = (minute: number, job: string, status: string) =>
    add(minute, stoppedJob(job, status, { UserName: 'comp-1', NumberOfTasks: 6 }));
  const task = (minute: number, job: string, id: number, status: string, WorkerName: string) =>
    add(minute, taskIn(job, id, status, { WorkerName }));

  for (const [job, first] of [
    ['sq010_fails', 1],
    ['sq020_fails', 7],
  ] as const) {
    for (let id = 0; id < 6; id += 1) {
      task(first, job, id, 'Rendering', `render-00${id}`);
      task(first + 1, job, id, 'Queued', `render-00${id}`);
      task(first + 2, job, id, 'Failed', `render-01${id}`);
    }
    stop(first + 2, job, 'Failed');
  }
  for (const [index, job] of ['sq030_goes_on', 'sq040_goes_on', 'sq050_goes_on'].entries()) {
    for (let id = 0; id < 4; id += 1) {
      task(3 + 2 * id, job, id, 'Queued', 'render-021');
      task(4 + 2 * id, job, id, id === index ? 'Failed' : 'Completed', 'render-022');
    }
    stop(14, job, 'Completed');
  }
  return night.sort((a, b) => a.sent - b.sent);
}

/** What an alert has to tell of a night: the jobs of each minute in which it hears of them, and how many transitions. */
export function toldOf(night: readonly FarmNotification[]) {
  const told = night.filter(({ body }) =>
    TOLD.test(String('JobDetails' in body ? body.JobDetails.JobStatus : body.TaskDetails.Status)),
  );
  const jobOf = ({ body }: FarmNotification) =>
    'JobDetails' in body ? body.JobDetails.JobID : body.TaskDetails.JobID;
  const minutes = new Set(told.map((each) => `${Math.floor(each.sent / MINUTE)} ${jobOf(each)}`));
  return { transitions: told.length, messages: minutes.size };
}
