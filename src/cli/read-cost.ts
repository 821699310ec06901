import { confirm } from '../terminal/confirm.ts';
import { countText } from './amount-text.ts';
import type { Session } from './session.ts';

/** A million read units on demand, in USD: us-east-1, its first tier. `bench/cost/prices.ts` has the source. */
export const READ_PRICE = 0.125;

/** What may be read without a question, in USD. */
export const UNASKED = 0.01;

/** Read units that eventually consistent reads of so many bytes take: half a unit for each 4 KB. */
export function unitsOf(bytes: number): number {
  return bytes / 8_192;
}

/** What read units cost, in USD. */
export function usdOf(units: number): number {
  return (units / 1_000_000) * READ_PRICE;
}

/** What is to be read. */
export interface Reading {
  /** Such as `about 1,200,000 tasks of 3,100 jobs`. */
  readonly what: string;
  /** About how many read units it takes. */
  readonly units: number;
}

/**
 * Says what a long read costs, if it is more than a cent, and asks whether to go on.
 *
 * @param yes goes on without being asked
 * @returns whether to go on; without a terminal and without `yes`, not
 */
export async function agreeToRead(
  { what, units }: Reading,
  yes: boolean,
  { signal }: Pick<Session, 'signal'>,
): Promise<boolean> {
  const usd = usdOf(units);
  if (usd <= UNASKED) return true;
  const text = `This reads ${what}: some ${countText(Math.round(units))} read units, $${usd.toFixed(2)}.`;
  if (yes) {
    console.error(text);
    return true;
  }
  // An open pipe, such as that of a scheduler, never answers.
  if (!process.stdin.isTTY) {
    console.error(`${text} Nothing was read. To read without being asked, use --yes.`);
    return false;
  }
  if (await confirm(`${text} Go on? [y/N] `, signal)) return true;
  console.error('Nothing was read.');
  return false;
}
