import type { Figures } from '../statistics/totals.ts';

export function renderSeconds(figures: Figures | undefined): number | null {
  return known(figures, figures?.renderSeconds);
}

/** A figure of tasks: of none, it is 0; otherwise, what no row tells is not known. */
export function known(
  figures: Figures | undefined,
  value: number | bigint | null = 0,
): number | null {
  if (figures === undefined || figures.tasks === 0) return 0;
  return value === null ? null : Number(value);
}

export function sum(values: Iterable<number>): number {
  return [...values].reduce((all, each) => all + each, 0);
}
