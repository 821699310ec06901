import * as z from 'zod/mini';
import { TRANSITIONS } from './transitions.ts';

/** An attribute of a type; `undefined` if it is missing or of another type. */
function known<T extends z.ZodMiniType>(schema: T) {
  return z.catch(z.optional(schema), undefined);
}

const text = known(z.string());
const number = known(z.number());

/**
 * An entry of the history, as plain JavaScript values: what one notification said. `at` begins with the
 * notification's own time in UTC, to 100 ns. Other times are ISO 8601 in UTC. Attributes that the notification
 * did not have are `undefined`.
 */
export const HistoryEntry = z.object({
  job_id: z.string(),
  at: z.string(),
  transition: z.enum(TRANSITIONS),
  task: number,
  status: text,
  reason: text,
  worker: text,
  frames: text,
  errors: number,
  /** As Deadline writes it: `hh:mm:ss`. Only of stops of tasks. */
  renderTime: text,
  name: text,
  user: text,
  department: text,
  plugin: text,
  pool: text,
  batch: text,
  tasks: number,
  submitted: text,
  started: text,
  completed: text,
  /** The attributes that are shortened, and end with `…`. */
  cut: z.catch(z._default(z.array(z.string()), []), []),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** What became of a job or a task, for other programs. What is not known is null. */
export interface Transition {
  /** The same for the same notification, however often it is sent or delivered. */
  readonly id: string;
  /** The notification's own time, ISO 8601 in UTC. */
  readonly at: string;
  readonly job: string;
  readonly task: number | null;
  readonly transition: (typeof TRANSITIONS)[number];
  /** In Deadline's own word, such as `Queued` for a requeued task, or `Active` for a deleted job. */
  readonly status: string | null;
  readonly reason: string | null;
  readonly worker: string | null;
  readonly frames: string | null;
  readonly errors: number | null;
}

/** A transition of a job. Times are ISO 8601 in UTC. */
export interface JobTransition extends Transition {
  readonly name: string | null;
  readonly user: string | null;
  readonly department: string | null;
  readonly plugin: string | null;
  readonly pool: string | null;
  readonly batch: string | null;
  readonly tasks: number | null;
  readonly submitted: string | null;
  readonly started: string | null;
  readonly completed: string | null;
}

/** Reads an entry as `@aws-sdk/lib-dynamodb` or `unmarshall` give it; `undefined` if it is none. */
export function readEntry(attributes: unknown): HistoryEntry | undefined {
  return z.safeParse(HistoryEntry, attributes).data;
}

/** The transition that an entry tells of. */
export function entryToTransition(entry: HistoryEntry): Transition | JobTransition {
  const transition = {
    id: `${entry.job_id}/${entry.at}`,
    // To the ms, as other programs expect it.
    at: `${entry.at.slice(0, '2020-08-13T20:44:07.400'.length)}Z`,
    job: entry.job_id,
    task: entry.task ?? null,
    transition: entry.transition,
    status: entry.status ?? null,
    reason: entry.reason ?? null,
    worker: entry.worker ?? null,
    frames: entry.frames ?? null,
    errors: entry.errors ?? null,
  };
  if (!entry.transition.startsWith('job-')) return transition;
  return {
    ...transition,
    name: entry.name ?? null,
    user: entry.user ?? null,
    department: entry.department ?? null,
    plugin: entry.plugin ?? null,
    pool: entry.pool ?? null,
    batch: entry.batch ?? null,
    tasks: entry.tasks ?? null,
    submitted: entry.submitted ?? null,
    started: entry.started ?? null,
    completed: entry.completed ?? null,
  };
}
