import { runTime } from '../shared/run-time.ts';

/** Such as `3,120`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** Such as `1 task`, or `3,120 tasks`. */
export function countedText(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** Such as `1 try`, or `101 tries`. */
export function triesText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'try' : 'tries'}`;
}

/** A time of many tasks together, such as `318 h`, `12.4 h`, `8 min`, or `42 s`. */
export function hoursText(seconds: number): string {
  if (seconds === 0) return '0 h';
  if (Math.round(seconds) < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const tenths = Math.round(seconds / 360) / 10;
  const digits = tenths < 100 ? 1 : 0;
  const hours = (seconds / 3_600).toLocaleString('en-US', {
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
  });
  return `${hours} h`;
}

/** A time of one task, such as `3:22`. */
export function secondsText(seconds: number): string {
  return runTime(seconds * 1_000);
}

/** Such as `66 %`. */
export function percentText(percent: number): string {
  return `${Math.round(percent)} %`;
}

/** Units of sizes, each a thousand of the one before, as disks are sold. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB'];

/** A size, such as `214 GB`, or `20.4 GB`. */
export function bytesText(bytes: number | bigint): string {
  let [value, power] = [Number(bytes), 0];
  while (Math.round(value) >= 1_000 && power < UNITS.length - 1) {
    value /= 1_000;
    power += 1;
  }
  const digits = power > 0 && Math.round(10 * value) < 1_000 ? 1 : 0;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: digits })} ${UNITS[power]}`;
}
