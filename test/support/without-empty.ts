import type { Held, Row } from './model.ts';

/** What is left of a row where fields that hold nothing are left out, by its model alone. */
export function withoutEmpty(row: Row): Row {
  const fields = [...row].map(([name, held]) => [name, within(held)] as const);
  return new Map(fields.filter(([, held]) => holdsSomething(held)));
}

function within(held: Held): Held {
  if ('L' in held) return { L: held.L.map(within) };
  if ('M' in held) return { M: withoutEmpty(held.M) };
  return held;
}

function holdsSomething(held: Held): boolean {
  if ('L' in held) return held.L.length > 0;
  if ('M' in held) return held.M.size > 0;
  return !('NULL' in held);
}
