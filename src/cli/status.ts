import { styleText } from 'node:util';

/** The statuses that Deadline has for jobs and tasks, and what the deleted job has that was seen. */
const KNOWN = [
  'Active',
  'Completed',
  'Deleted',
  'Failed',
  'Pending',
  'Queued',
  'Rendering',
  'Suspended',
];

/** A status as Deadline writes it, whatever its case; one that is not known stays as it is. */
export function knownStatus(text: string): string {
  return KNOWN.find((known) => known.toLowerCase() === text.toLowerCase()) ?? text;
}

const COLORS = {
  Completed: 'green',
  Failed: 'red',
  Suspended: 'yellow',
  Deleted: 'yellow',
} as const;

/** A status in its color, where standard output shows colors. */
export function painted(text: string): string {
  return Object.hasOwn(COLORS, text) ? styleText(COLORS[text as keyof typeof COLORS], text) : text;
}
