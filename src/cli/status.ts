import { styleText } from 'node:util';

/** The status of a job or a task that is done. */
export const COMPLETED = 'Completed';

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
