import { shortTimes, type TimeView, zoneText } from '../../terminal/short-time.ts';
import { NONE } from '../columns.ts';
import type { Report } from './report-model.ts';

/** Which span a report is of, such as `Nov 24 07:42 to Nov 25 07:42, times in EST`. */
export function periodText({ since, until }: Report, view: TimeView): string {
  const [from, to] = shortTimes([since, until], view);
  return `${from} to ${to}, times in ${zoneText([since, until], view)}`;
}

/** When the listed jobs failed, in one form. */
export function failureTimes({ failed, since }: Report, view: TimeView): string[] {
  const times = failed.jobs.map(({ newest }) => newest ?? undefined);
  // The form that the whole span needs: a list of one job looks as that of another night does.
  return shortTimes([since, ...times], view)
    .slice(1)
    .map((time) => time || NONE);
}
