import { InvalidArgumentError } from 'commander';
import { FAILED } from '../shared/indexes.ts';
import type { Kind } from '../shared/kinds.ts';
import { resembling } from '../terminal/resembling.ts';
import { COMPLETED, DELETED, SUSPENDED } from './status.ts';

/**
 * Deadline's statuses (its manual, "REST Jobs", lists those of jobs), and what a deleted job is called. The
 * manual does not say which of them its notifications may have, so there may be others.
 */
export const KNOWN_STATUSES: Readonly<Record<Kind, readonly string[]>> = {
  job: ['Active', COMPLETED, DELETED, FAILED, 'Pending', SUSPENDED],
  task: [COMPLETED, FAILED, 'Pending', 'Queued', 'Rendering', SUSPENDED],
};

/**
 * A status in Deadline's spelling, from any case. One that resembles no known status is returned unchanged.
 *
 * @throws InvalidArgumentError for one that resembles a known status
 */
export function parseStatus(kind: Kind, word: string): string {
  const known = KNOWN_STATUSES[kind];
  const same = known.find((each) => each.toLowerCase() === word.toLowerCase());
  if (same !== undefined) return same;
  const meant = resembling(word, known);
  if (meant.length === 0) return word;
  throw new InvalidArgumentError(
    `There is no status ${word}. Did you mean ${meant.join(' or ')}? ` +
      `Statuses of ${kind}s: ${known.join(', ')}.`,
  );
}

/** Says which statuses are not known; `undefined` if all are. */
export function unknownStatusesText(kind: Kind, statuses: readonly string[]): string | undefined {
  const known = KNOWN_STATUSES[kind];
  const unknown = statuses.filter((each) => !known.includes(each));
  if (unknown.length === 0) return undefined;
  const [are, they] =
    unknown.length === 1
      ? ['is not a known status', 'It is']
      : ['are not known statuses', 'They are'];
  return (
    `Warning: ${unknown.join(', ')} ${are} of ${kind}s (${known.join(', ')}). ` +
    `${they} looked for exactly as written.`
  );
}
