import { oneLine, printable } from '../shared/printable.ts';
import { isoTime } from '../terminal/time.ts';
import type { Session } from './session.ts';

declare global {
  interface JSON {
    /** Makes `JSON.stringify` write a text as it is (ECMAScript proposal "JSON.parse source text access"). */
    rawJSON(text: string): object;
  }
}

/** Fields that are times in ms since the epoch. */
const TIMES = new Set(['sent', 'submitted', 'started', 'completed', 'newest', 'since', 'until']);

/** Values by their names. */
export type Cells = Readonly<Record<string, string | number | undefined>>;

/** Prints one object: one line per cell, or as JSON. */
export function printOne(object: object, cells: Cells, { json }: Session): void {
  if (json) {
    console.log(jsonLine(object));
    return;
  }
  const width = Math.max(...Object.keys(cells).map(({ length }) => length));
  for (const [name, value] of Object.entries(cells)) {
    console.log(`${name.padEnd(width)}  ${oneLine(String(value ?? ''))}`);
  }
}

/**
 * An object as one line of JSON, for every reader: what some take for a line end is escaped. Times are in ISO
 * 8601 and UTC, integers of any size exact, and undefined values null.
 *
 * @param hasTimes whether numbers under the names of times are times, not counts
 */
export function jsonLine(object: object, hasTimes = true): string {
  const json = JSON.stringify(object, (name, value) => {
    if (typeof value === 'bigint') return JSON.rawJSON(String(value));
    const isFields = typeof value === 'object' && value !== null && !Array.isArray(value);
    // The names of these are statuses, which may be any text.
    if (hasTimes && isFields && name !== 'tasksByStatus') return withIsoTimes(value);
    return value ?? null;
  });
  return printable(json);
}

function withIsoTimes(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      TIMES.has(name) && typeof value === 'number' ? isoTime(value) : value,
    ]),
  );
}
