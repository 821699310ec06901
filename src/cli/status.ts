import { styleText } from 'node:util';

/** The status of a job or a task that is done. */
export const COMPLETED = 'Completed';

/** Deadline's statuses of jobs and tasks, and the one seen on a deleted job. */
const KNOWN = [
  'Active',
  COMPLETED,
  'Deleted',
  'Failed',
  'Pending',
  'Queued',
  'Rendering',
  'Suspended',
];

/** A status in Deadline's spelling, from any case; unknown ones are returned unchanged. */
export function knownStatus(text: string): string {
  return KNOWN.find((known) => known.toLowerCase() === text.toLowerCase()) ?? text;
}

const COLORS = {
  [COMPLETED]: 'green',
  Failed: 'red',
  Suspended: 'yellow',
  Deleted: 'yellow',
} as const;

/** Colors a status if standard output supports it. */
export function painted(text: string): string {
  return Object.hasOwn(COLORS, text) ? styleText(COLORS[text as keyof typeof COLORS], text) : text;
}
