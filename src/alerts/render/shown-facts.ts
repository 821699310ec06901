import { runTime } from '../../shared/run-time.ts';
import { type Tally, workersTexts } from '../../shared/tally.ts';
import type { JobFacts, JobMessage } from '../message/alert-message.ts';
import { cutEnd, cutMiddle, cutRanges, MOST, shown } from './cut.ts';

/** What a message tells of its job as texts that are safe to show and not too long; empty if it is not known. */
export interface ShownFacts {
  /** Its name, or else its id. */
  readonly name: string;
  readonly isNamed: boolean;
  readonly id: string;
  readonly user: string;
  readonly department: string;
  readonly plugin: string;
  readonly pool: string;
  readonly batch: string;
  readonly workers: string;
  readonly frames: string;
  readonly reason: string;
  /** Such as `25:35`. */
  readonly ran: string;
}

export function shownFacts({ job, workers, frames, reason, ran }: JobMessage): ShownFacts {
  const id = shownName(job.id) || NO_NAME;
  return {
    name: jobName(job),
    isNamed: shownName(job.name) !== '',
    id,
    user: person(job.user),
    department: person(job.department),
    plugin: person(job.plugin),
    pool: person(job.pool),
    batch: shownName(job.batch),
    workers: workersText(workers),
    frames: cutRanges(shown(frames), MOST.frames),
    reason: cutEnd(shown(reason), MOST.reason),
    ran: runTime(ran),
  };
}

/** The name of a job, or else its id. */
export function jobName({ name, id }: Pick<JobFacts, 'name' | 'id'>): string {
  return shownName(name) || shownName(id) || NO_NAME;
}

/** Such as `render-035 ×2, 5 others, one each`; empty if none is known. */
export function workersText(workers: Tally): string {
  return workersTexts(workers, tallied)[0] ?? '';
}

/** The name of a worker or a user that was counted. */
export function tallied(name: string): string {
  return person(name) || NO_NAME;
}

/** Stands for a name that shows nothing. */
const NO_NAME = '?';

function shownName(name: string | undefined): string {
  return cutMiddle(shown(name), MOST.name);
}

/** The name of a person, or of another thing with a short name. */
function person(name: string | undefined): string {
  return cutMiddle(shown(name), MOST.person);
}
