import type { Finding } from './check.ts';

/** A setting as it is and as it should be, in words. */
export interface Setting {
  readonly name: string;
  readonly is: string;
  readonly should: string;
  readonly otherwise: string;
  readonly fix: string;
}

/** `visibility timeout: 30 s, should be 185 s`. */
export function wrong(
  level: Finding['level'],
  { name, is, should, otherwise, fix }: Setting,
): Finding {
  return { level, found: `${name}: ${is}, should be ${should}`, otherwise, fix };
}

/** A time in s as people say it: in days if it is whole days. */
export function seconds(count: number): string {
  const days = count / 86_400;
  if (count === 0 || !Number.isInteger(days)) return `${count} s`;
  return days === 1 ? '1 day' : `${days} days`;
}

/** A command on a line of its own, below what it is for. */
export function command(purpose: string, ...lines: readonly string[]): string {
  return `${purpose}\n\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** How to bring back what is part of the stack: a deployment alone does not undo manual changes. */
export const RESTORE = command(
  'To bring the parts of the stack back to what it set, in the clone:',
  'npx cdk deploy --revert-drift',
);
