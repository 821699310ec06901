/**
 * A number as its decimal digits: `digits` × 10^`exponent`, without zeros at either end of the
 * digits. Zero has no digits.
 */
export interface Decimal {
  readonly sign: '' | '-';
  readonly digits: string;
  readonly exponent: number;
}

/** Reads the text of a JSON number, or what `String` makes of a finite JavaScript number. */
export function parseDecimal(text: string): Decimal {
  const sign = text.startsWith('-') ? '-' : '';
  const [mantissa, exponent] = text.slice(sign.length).split(/[eE]/) as [string, string?];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  const all = whole + fraction;
  // Loops, as /0+$/ takes a time that grows with the square of a run of zeros inside the number.
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

/** Numbers from 10^-99 up to 10^100 are ordinary: every database holds their magnitude. */
const ORDINARY_MAGNITUDE = 100;

/**
 * A number that is more than a JavaScript number: one whose value it cannot hold exactly, such as a
 * counter past 2^53, or one of an extraordinary magnitude.
 */
export class ExactNumber {
  /** How many digits there are from the first to the last that is not zero. */
  readonly precision: number;
  /** The power of ten of the first digit that is not zero. */
  readonly magnitude: number;
  /** The value in one spelling, whatever the sender's. */
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
 * The number that a text stands for.
 *
 * @param value what JavaScript makes of the text
 */
export function exactNumber(value: number, text: string): number | ExactNumber {
  // As nearly all are; those that JavaScript spells without an exponent are ordinary.
  if (text === String(value) && !text.includes('e')) return value;
  const exact = new ExactNumber(parseDecimal(text));
  const isHeld =
    Math.abs(exact.magnitude) < ORDINARY_MAGNITUDE &&
    exact.text === new ExactNumber(parseDecimal(String(value))).text;
  return isHeld ? value : exact;
}
