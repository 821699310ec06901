import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/terminal/typed-duration.ts';

test.for([
  ['500ms', 500],
  ['90s', 90_000],
  ['90m', 5_400_000],
  ['90 min', 5_400_000],
  ['1h30m', 5_400_000],
  ['1h 30m', 5_400_000],
  ['1H30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['.5h', 1_800_000],
  ['2 hours', 7_200_000],
  ['1 Hour 30 Minutes', 5_400_000],
  ['2d', 172_800_000],
  ['1d12h', 129_600_000],
  ['1w', 604_800_000],
  ['1y', 31_536_000_000],
  ['PT1H30M', 5_400_000],
  ['pt90m', 5_400_000],
  ['P1DT12H', 129_600_000],
  ['P2W', 1_209_600_000],
  ['PT0.5S', 500],
  ['0h30m', 1_800_000],
  ['1000.5ms', 1_001],
  ['0.1ms', 1],
] as const)('%s is %i ms', ([text, ms]) => {
  expect(parseDuration(text)).toBe(ms);
});

test.for([
  ['90', '90 has no unit, such as 90m for minutes.'],
  ['1.5', '1.5 has no unit, such as 1.5m for minutes.'],
  ['1h30', '30 has no unit, such as 30m for minutes.'],
  ['1M', 'M could mean minutes or months: write 1m for minutes, or days, such as 30d.'],
  ['1d 2M', 'M could mean minutes or months: write 2m for minutes, or days, such as 30d.'],
  ['P3M', 'Months differ in length: write days, such as 30d.'],
  ['2 months', 'Months differ in length: write days, such as 30d.'],
  ['1mo', 'Months differ in length: write days, such as 30d.'],
  ['0h', 'Must be longer than 0.'],
  ['PT0S', 'Must be longer than 0.'],
  [`${'9'.repeat(400)}h`, 'Is too long.'],
  ['9007199254740992ms', 'Is too long.'],
] as const)('%s: %s', ([text, message]) => {
  expect(() => parseDuration(text)).toThrow(expect.objectContaining({ message }));
});

test.for([
  ...['', 'h', '-1h', '+1h', '1 fortnight', '1e3s', 'NaN', '1,5h', '1.h', '1h-30m', '1:30', '١h'],
  ...['30m1h', '1h1h', '1h 60 min 1 hour', 'P', 'PT', 'P1H', 'PT1D', 'P1DT', '1h PT1M', 'PT1H 1M'],
  ...['P-1D', 'constructor', '1constructor', '1 toString'],
])('%j is none', (text) => {
  expect(() => parseDuration(text)).toThrow(
    'Expected a duration, such as 90s, 30m, 1h30m, 12h, or 7d.',
  );
});

/** The units, from the largest, and how many ms of each. */
const PARTS = [
  ['w', 'weeks', 604_800_000n],
  ['d', 'day', 86_400_000n],
  ['h', 'hrs', 3_600_000n],
  ['m', 'minutes', 60_000n],
  ['s', 'sec', 1_000n],
] as const;
const amounts = fc
  .tuple(...PARTS.map(() => fc.option(fc.integer({ min: 0, max: 9_999 }))))
  .filter((all) => all.some((amount) => (amount ?? 0) > 0));

test('however it is written, a duration is the sum of its parts', () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom('', ' '), (all, blank) => {
      const given = PARTS.flatMap(([short, long, ms], index) => {
        const amount = all[index];
        return typeof amount === 'number' ? [{ short, long, ms, amount }] : [];
      });
      const sum = Number(given.reduce((total, { ms, amount }) => total + ms * BigInt(amount), 0n));
      const written = (unit: 'short' | 'long') =>
        given.map((part) => `${part.amount}${blank}${part[unit]}`).join(blank);
      const iso = (units: string) =>
        given
          .filter(({ short }) => units.includes(short))
          .map(({ amount, short }) => `${amount}${short.toUpperCase()}`)
          .join('');
      const clock = iso('hms');
      expect(parseDuration(written('short'))).toBe(sum);
      expect(parseDuration(written('long'))).toBe(sum);
      expect(parseDuration(`P${iso('wd')}${clock === '' ? '' : `T${clock}`}`)).toBe(sum);
    }),
  );
});

test('any text is a whole number of ms above 0, or refused', () => {
  const word = fc.constantFrom('1', '0', '.', 'h', 'm', 'M', 'P', 'T', ' ', '9'.repeat(20), 'days');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word).map((words) => words.join('')),
      ),
      (text) => {
        let ms = 1;
        try {
          ms = parseDuration(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'commander.invalidArgument' });
        }
        expect(Number.isSafeInteger(ms) && ms > 0).toBe(true);
      },
    ),
  );
});
