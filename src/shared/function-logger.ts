import { Logger } from '@aws-lambda-powertools/logger';
import { printable } from './printable.ts';

/** A function's logger. What a message holds is logged where someone may read it on a terminal. */
export function functionLogger(): Logger {
  return new Logger({
    jsonReplacerFn: (_, value) => (typeof value === 'string' ? printable(value) : value),
  });
}
