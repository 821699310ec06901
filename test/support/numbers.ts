import fc from 'fast-check';

const some = (length: fc.ArrayConstraints) =>
  fc.array(fc.nat(9), length).map((all) => all.join(''));
const orNothing = (part: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), part);

/** JSON's numbers of up to so many digits, times up to ten to such a power. */
export function jsonNumber(digits: number, power: number): fc.Arbitrary<string> {
  const half = digits / 2;
  const whole = fc.tuple(fc.integer({ min: 1, max: 9 }), some({ maxLength: half - 1 }));
  return fc
    .tuple(
      orNothing(fc.constant('-')),
      fc.oneof(
        fc.constant('0'),
        whole.map((all) => all.join('')),
      ),
      orNothing(some({ minLength: 1, maxLength: half }).map((fraction) => `.${fraction}`)),
      orNothing(
        fc
          .tuple(fc.constantFrom('e', 'E'), fc.integer({ min: -power, max: power }))
          .map((all) => all.join('')),
      ),
    )
    .map((all) => all.join(''));
}

const SCALE = 600;

/** A number times 10^600, which is a whole one for all numbers of the tests. */
function scaled(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction + '0'.repeat(SCALE + Number(exponent) - fraction.length));
}

/** A number in one spelling, whatever its own, and what DynamoDB's limits are about. */
export function numberOf(text: string) {
  const all = scaled(text).toString();
  const sign = all.startsWith('-') ? '-' : '';
  const digits = all.slice(sign.length).replace(/0+$/, '');
  const magnitude = all.length - sign.length - 1 - SCALE;
  const exact = digits === '' ? '0' : `${sign}${digits}e${magnitude + 1 - digits.length}`;
  return { exact, digits: digits.length, magnitude };
}

/** The whole number that a text stands for, if it is one. */
export function wholeNumberOf(text: string): bigint | undefined {
  const one = scaled('1');
  return scaled(text) % one === 0n ? scaled(text) / one : undefined;
}
