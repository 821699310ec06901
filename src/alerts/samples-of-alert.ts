import type { Alert } from '../shared/alerts/alert.ts';
import type { JobTransition, Transition } from '../shared/history-entry.ts';
import type { TransitionName } from '../shared/transitions.ts';
import { factsOfStop } from './gather/facts-of-job.ts';
import { gather, type Lookups } from './gather/gather.ts';
import { lastOfTasks } from './gather/last-of-tasks.ts';
import type { SampleMessage } from './message/channel-message.ts';
import { type MessageView, renderMessage } from './render/render-message.ts';

const JOB = '0123456789abcdef01234567';

/** Deadline's word for each transition. */
const STATUSES: Readonly<Record<TransitionName, string>> = {
  'job-completed': 'Completed',
  'job-failed': 'Failed',
  'job-suspended': 'Suspended',
  'job-deleted': 'Active',
  'task-started': 'Rendering',
  'task-completed': 'Completed',
  'task-failed': 'Failed',
  'task-suspended': 'Suspended',
  'task-requeued': 'Queued',
  'task-stopped': 'Unknown',
};

/** How long the job of a sample ran, in ms. */
const RAN = 25 * 60_000;

/**
 * Messages as an alert sends them, of a made-up job: one of each transition that it tells, for each channel, whatever
 * its filters.
 */
export async function samplesOf(alert: Alert, view: MessageView): Promise<SampleMessage[]> {
  const samples: SampleMessage[] = [];
  for (const transition of alert.when) {
    const told = transition.startsWith('job-')
      ? [sampleStop(transition, view.now)]
      : sampleTasks(transition, view.now);
    const messages = await gather(told, [{ ...alert, filters: {} }], lookupsOf(view.now), view.now);
    for (const message of messages) {
      for (const channel of alert.to) {
        const rendered = renderMessage(message, alert, channel, view);
        samples.push(...rendered.map((each) => ({ ...each, transition })));
      }
    }
  }
  return samples;
}

/** What the tables would have of the job. */
function lookupsOf(now: number): Lookups {
  const facts = factsOfStop(sampleStop('job-failed', now));
  return {
    jobs: async () => new Map([[JOB, { ...facts, from: 'an earlier stop' }]]),
    lastOfTasks: async () => lastOfTasks(sampleTasks('task-failed', now)),
  };
}

function sampleStop(transition: TransitionName, now: number): JobTransition {
  const [at, started] = [timeText(now), timeText(now - RAN)];
  return {
    ...common(transition, at, null),
    errors: transition === 'job-completed' ? 0 : 3,
    worker: null,
    frames: '1001-1240',
    name: 'sq010_lighting',
    user: 'lighting-4',
    department: 'lighting',
    plugin: 'Katana',
    pool: 'lighting',
    batch: 'sq010',
    tasks: 120,
    submitted: started,
    started,
    completed: transition === 'job-completed' ? at : null,
  };
}

/** Three tasks on two workers. */
function sampleTasks(transition: TransitionName, now: number): Transition[] {
  const workers = ['render-034', 'render-034', 'render-007'];
  return workers.map((worker, task) => ({
    ...common(transition, timeText(now), task),
    worker,
    frames: `${1_001 + 2 * task}-${1_002 + 2 * task}`,
    errors: 1,
  }));
}

function common(transition: TransitionName, at: string, task: number | null) {
  return {
    id: `${JOB}/${at}#${task ?? ''}#sample-of-${transition}`,
    at,
    job: JOB,
    task,
    transition,
    status: STATUSES[transition],
    reason: 'This is a sample. No job is affected.',
  };
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
