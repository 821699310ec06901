import type { JobTransition, Transition } from '../../shared/history-entry.ts';
import type { JobFacts } from '../message/alert-message.ts';

/** Whether a transition is of a job as a whole: its own stop. */
export function isOfJob(transition: Transition): transition is JobTransition {
  return transition.transition.startsWith('job-');
}

/** What a job's own stop says of it. In Deadline, a text that is empty is none. */
export function factsOfStop(stop: JobTransition): JobFacts {
  return {
    id: stop.job,
    name: stop.name || undefined,
    user: stop.user || undefined,
    department: stop.department || undefined,
    plugin: stop.plugin || undefined,
    pool: stop.pool || undefined,
    batch: stop.batch || undefined,
    tasks: stop.tasks ?? undefined,
    from: 'this stop',
  };
}

/** A job that is known only by its id: Deadline says nothing about a job until it first stops. */
export function unknownJob(id: string): JobFacts {
  return {
    id,
    name: undefined,
    user: undefined,
    department: undefined,
    plugin: undefined,
    pool: undefined,
    batch: undefined,
    tasks: undefined,
    from: 'nowhere',
  };
}
