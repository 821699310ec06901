import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Transition } from '../shared/history-entry.ts';
import type { TransitionName } from '../shared/transitions.ts';

/** The `source` of all events. EventBridge reserves `aws.*` for AWS. */
export const SOURCE = 'deadline-notifications';

/** Where events go, and the ids that they carry of AWS Deadline Cloud. */
export interface EventRules {
  /** The name or ARN of the bus; `undefined` for the account's default bus. */
  readonly eventBus: string | undefined;
  readonly farmId: string | undefined;
  readonly queueId: string | undefined;
}

/** The run statuses of AWS Deadline Cloud that Deadline 10 has a word for. */
type RunStatus =
  | 'PENDING'
  | 'READY'
  | 'RUNNING'
  | 'SUSPENDED'
  | 'CANCELED'
  | 'FAILED'
  | 'SUCCEEDED';

/** The status that a transition leads to; `undefined` where only Deadline's own word tells. */
const ENTERED: Readonly<Record<TransitionName, RunStatus | undefined>> = {
  'job-completed': 'SUCCEEDED',
  'job-failed': 'FAILED',
  'job-suspended': 'SUSPENDED',
  'job-deleted': 'CANCELED',
  'task-started': 'RUNNING',
  'task-completed': 'SUCCEEDED',
  'task-failed': 'FAILED',
  'task-suspended': 'SUSPENDED',
  'task-requeued': 'READY',
  'task-stopped': undefined,
};

/** The other words for a task's status in Deadline's manual ("REST Tasks"). */
const WORDS: ReadonlyMap<string | null, RunStatus> = new Map([
  ['Pending', 'PENDING'],
  ['Queued', 'READY'],
  ['Rendering', 'RUNNING'],
]);

/**
 * The event of a transition, in the shape of AWS Deadline Cloud's `Job Run Status Change` and `Task Run Status
 * Change` (its developer guide, "Deadline Cloud events detail reference"). Fields that Deadline 10 does not have
 * are left out; `deadline` has what it has beyond them. `docs/event.schema.json` is the contract.
 */
export function toEventEntry(transition: Transition, rules: EventRules): PutEventsRequestEntry {
  const { at, job, task } = transition;
  const status = ENTERED[transition.transition] ?? WORDS.get(transition.status);
  const ids = { farmId: rules.farmId, queueId: rules.queueId, jobId: job };
  const isJob = transition.transition.startsWith('job-');
  // `stringify` leaves out what is `undefined`.
  const detail = isJob
    ? { ...ids, taskRunStatus: status, deadline: transition }
    : { ...ids, taskId: String(task), runStatus: status, deadline: transition };
  return {
    EventBusName: rules.eventBus,
    Source: SOURCE,
    DetailType: isJob ? 'Job Run Status Change' : 'Task Run Status Change',
    Time: new Date(at),
    Detail: JSON.stringify(detail),
  };
}

/**
 * The size of an entry in bytes, as EventBridge counts it (its user guide, "Calculating PutEvents event entry
 * size").
 */
export function entrySize({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry) {
  const time = 14;
  return time + Buffer.byteLength(Source + DetailType + Detail);
}
