/**
 * A decimal number: `digits` × 10^`exponent`, without leading or trailing zeros in `digits`. Zero has no
 * digits.
 */
export interface Decimal {
  readonly sign: '' | '-';
  readonly digits: string;
  readonly exponent: number;
}

/** Parses a JSON number, or a finite JavaScript number as written by `String`. */
export function parseDecimal(text: string): Decimal {
  const sign = text.startsWith('-') ? '-' : '';
  const [mantissa, exponent] = text.slice(sign.length).split(/[eE]/) as [string, string?];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  const all = whole + fraction;
  // Loops, because /0+$/ takes quadratic time on long runs of zeros within the number.
  let start = 0;
  while (all[start] === '0') start += 1;
  if (start === all.length) return { sign: '', digits: '', exponent: 0 };
  let end = all.length;
  while (all[end - 1] === '0') end -= 1;
  return {
    sign,
    digits: all.slice(start, end),
    exponent: Number(exponent ?? 0) - fraction.length + (all.length - end),
  };
}

/** Magnitudes from 10^-99 to 10^100 are ordinary: every database supports them. */
const ORDINARY_MAGNITUDE = 100;

/**
 * A number that a JavaScript number cannot hold exactly, such as a counter beyond 2^53, or one of an
 * extraordinary magnitude.
 */
export class ExactNumber {
  /** The number of digits from the first to the last nonzero one. */
  readonly precision: number;
  /** The power of ten of the first nonzero digit. */
  readonly magnitude: number;
  /** The value in canonical form. */
  readonly text: string;

  constructor({ sign, digits, exponent }: Decimal) {
    this.precision = digits.length;
    this.magnitude = exponent + digits.length - 1;
    this.text = `${sign}${digits}${exponent === 0 ? '' : `e${exponent}`}`;
  }

  toString(): string {
    return this.text;
  }
}

/**
 * The exact value of a number's text.
 *
 * @param value the text as parsed by JavaScript
 */
export function exactNumber(value: number, text: string): number | ExactNumber {
  // True of nearly all numbers. Those that JavaScript writes without an exponent are ordinary.
  if (text === String(value) && !text.includes('e')) return value;
  const exact = new ExactNumber(parseDecimal(text));
  const isHeld =
    Math.abs(exact.magnitude) < ORDINARY_MAGNITUDE &&
    exact.text === new ExactNumber(parseDecimal(String(value))).text;
  return isHeld ? value : exact;
}
