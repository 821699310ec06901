import { InvalidArgumentError } from 'commander';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Names of units, by their length in ms. Months are left out: `m` is a minute, and months differ. */
const UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [365 * DAY, 'y yr yrs year years'],
      [7 * DAY, 'w wk wks week weeks'],
      [DAY, 'd day days'],
      [HOUR, 'h hr hrs hour hours'],
      [MINUTE, 'm min mins minute minutes'],
      [SECOND, 's sec secs second seconds'],
      [1, 'ms msec msecs millisecond milliseconds'],
    ] as const
  ).flatMap(([length, names]) => names.split(' ').map((name) => [name, length] as const)),
);

const NUMBER = String.raw`(?:\d+(?:\.\d+)?|\.\d+)`;
/** Numbers with units; the last may lack its unit. */
const WHOLE = new RegExp(String.raw`^(?:${NUMBER}\s*[a-z]+\s*)*(?:${NUMBER})?$`, 'i');
const PART = new RegExp(String.raw`(${NUMBER})\s*([a-z]*)`, 'gi');
/** ISO 8601: days and longer units, then those of a clock. */
const ISO = new RegExp(`^P((?:${NUMBER}[YMWD])*)(?:T((?:${NUMBER}[HMS])+))?$`, 'i');

/**
 * Parses a duration as people write it, such as `90s`, `1h30m`, `1.5 hours`, or ISO 8601's `PT1H30M`.
 *
 * @returns whole ms, at least 1
 * @throws InvalidArgumentError for any other text, and for 0
 */
export function parseDuration(text: string): number {
  const written = fromIso(text) ?? text;
  let [sum, previous] = [0, Number.POSITIVE_INFINITY];
  for (const [, number = '', unit = ''] of WHOLE.test(written) ? written.matchAll(PART) : []) {
    const length = unitLength(number, unit);
    if (length >= previous) throw notADuration();
    sum += Number(number) * length;
    previous = length;
  }
  if (!Number.isFinite(previous)) throw notADuration();
  if (sum === 0) throw new InvalidArgumentError('Must be longer than 0.');
  const whole = Math.max(1, Math.round(sum));
  if (!Number.isSafeInteger(whole)) throw new InvalidArgumentError('Is too long.');
  return whole;
}

/** `PT1H30M` as `1h30m`, and `P1M` as `1mo`. */
function fromIso(text: string): string | undefined {
  const [match, days = '', clock = ''] = ISO.exec(text) ?? [];
  if (match === undefined) return undefined;
  return days.toLowerCase().replaceAll('m', 'mo') + clock.toLowerCase();
}

/** @returns ms */
function unitLength(number: string, unit: string): number {
  const length = unit === 'M' ? undefined : UNITS.get(unit.toLowerCase());
  if (length !== undefined) return length;
  throw problemWithUnit(number, unit);
}

function problemWithUnit(number: string, unit: string): InvalidArgumentError {
  if (unit === '') {
    return new InvalidArgumentError(`${number} has no unit, such as ${number}m for minutes.`);
  }
  if (unit === 'M') {
    return new InvalidArgumentError(
      `M could mean minutes or months: write ${number}m for minutes, or days, such as 30d.`,
    );
  }
  if (/^mo(n|ns|nth|nths)?$/i.test(unit)) {
    return new InvalidArgumentError('Months differ in length: write days, such as 30d.');
  }
  return notADuration();
}

function notADuration(): InvalidArgumentError {
  return new InvalidArgumentError('Expected a duration, such as 90s, 30m, 1h30m, 12h, or 7d.');
}
