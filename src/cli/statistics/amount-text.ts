/** Units of sizes, each a thousand of the one before. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB'];

/** A size for people, to three digits, such as `20.4 GB`; a GB is a thousand million bytes. */
export function bytesText(bytes: bigint): string {
  const digits = String(bytes).length;
  // 999,500 is not 1,000 kB.
  const isNext = digits % 3 === 0 && /^999[5-9]/.test(String(bytes));
  const power = Math.min(Math.floor((digits - 1) / 3) + Number(isNext), UNITS.length - 1);
  return `${threeDigits(Number(bytes) / 1_000 ** power)} ${UNITS[power]}`;
}

/** A time of many tasks together, such as `12.3 h`. */
export function hoursText(seconds: number): string {
  return `${threeDigits(seconds / 3_600)} h`;
}

/** With two, one, or no decimals, and all digits before them. */
function threeDigits(value: number): string {
  const decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value === 0 ? 0 : 2;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: Number.isInteger(value) ? 0 : decimals,
    maximumFractionDigits: decimals,
  });
}

/** Such as `3,120`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** Such as `1 task`, or `3,120 tasks`. */
export function countedText(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? '' : 's'}`;
}
