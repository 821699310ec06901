import stringWidth from 'string-width';
import { masked } from '../shared/printable.ts';
import { elideMiddle } from '../terminal/elide.ts';
import { painted, type Screen } from '../terminal/screen.ts';
import { shortTimes, type TimeView, zoneText } from '../terminal/short-time.ts';
import { span } from '../terminal/time.ts';
import { JOB_STOPPED, type JobSummary } from './aws/row-summary.ts';
import { tellingReason } from './columns.ts';
import { markOf } from './marks.ts';
import { RENDERING, statusText } from './status.ts';

/** A job as a title names it. */
export interface TitledJob {
  readonly id: string;
  /** `undefined` until it first stops. */
  readonly found: JobSummary | undefined;
}

/**
 * A job's name, or else its id, and its status with its mark, such as `sq040_sh0310_cache_v003  ✗ Failed`.
 *
 * @param width the name is cut to it; with `Infinity`, it is not
 * @param isRendering whether it goes on, which Deadline does not say
 */
export function jobTitle(
  { id, found }: TitledJob,
  isRendering: boolean,
  screen: Screen,
  width: number,
): string {
  const status = isRendering ? RENDERING : found?.status;
  const { symbol, style } = markOf(status);
  const word = isRendering ? RENDERING : found && (statusText(found) ?? 'unknown');
  const text = word === undefined ? '' : masked(`${symbol} ${word}`);
  const name = elideMiddle(masked(found?.name || id), width - stringWidth(text) - 2);
  return `${name}  ${style ? painted(screen, style, text) : text}`.trimEnd();
}

/** How and when a job stopped, such as `Job has failed at 01:47:23, 5 h 55 min ago`; in several forms. */
export function stopText(found: JobSummary | undefined, view: TimeView): [string, string] {
  if (found === undefined) {
    return ['Job still running, named when it stops', 'Job still running'];
  }
  const { sent, notification, reason } = found;
  const isStock = reason && tellingReason(reason) === '';
  const what = notification !== JOB_STOPPED ? notification : isStock ? reason : undefined;
  const said = masked((what ?? 'Stopped').replace(/\.$/, ''));
  if (sent === undefined) return [`${said} at an unknown time`, said];
  const at = `${said} at ${shortTimes([sent], view, true)}`;
  return [`${at}, ${span(Math.max(0, view.now - sent))} ago`, at];
}

/** Such as `Times in EST.` */
export function timesText(times: readonly (number | undefined)[], view: TimeView): string {
  return `Times in ${zoneText(times, view)}.`;
}
