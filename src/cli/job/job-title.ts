import stringWidth from 'string-width';
import { masked } from '../../shared/printable.ts';
import { tellingReason } from '../../shared/telling-reason.ts';
import { JOB_STOPPED } from '../../shared/transitions.ts';
import { elideMiddle } from '../../terminal/elide.ts';
import { painted, type Screen } from '../../terminal/screen.ts';
import { shortTimes, type TimeView, zoneText } from '../../terminal/short-time.ts';
import { longestThatFits } from '../../terminal/table.ts';
import { span } from '../../terminal/time.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { markOf } from '../marks.ts';
import { RENDERING, statusText } from '../status.ts';

/** A job as a title names it. */
export interface TitledJob {
  readonly id: string;
  /** `undefined` until it first stops. */
  readonly found: JobSummary | undefined;
  /** Whether it goes on, which Deadline does not say: tasks of it tell. */
  readonly isRendering: boolean;
}

/**
 * A job's name, or else its id, and its status with its mark, such as `sq040_sh0310_cache_v003  ✗ Failed`.
 *
 * @param width a name is cut to it, an id is not
 */
export function jobTitle(job: TitledJob, width: number): string {
  const { id, found } = job;
  const status = markedStatus(job);
  const room = Math.max(SHORTEST, width - stringWidth(status) - GAP);
  const name = found?.name ? elideMiddle(masked(found.name), room) : masked(id);
  return longestThatFits(`${name}${' '.repeat(GAP)}${status}`.trimEnd(), width);
}

/** Columns of the terminal that a name takes at least, and between it and the status. */
const [SHORTEST, GAP] = [16, 2];

/** Colors the status in a job's title. */
export function paintedTitle(title: string, job: TitledJob, screen: Screen): string {
  const { style } = markOf(statusOf(job));
  const status = markedStatus(job);
  return style ? title.replace(status, () => painted(screen, style, status)) : title;
}

function statusOf({ found, isRendering }: TitledJob): string | undefined {
  return isRendering ? RENDERING : found?.status;
}

/** Empty if nothing is known. */
function markedStatus(job: TitledJob): string {
  const { found, isRendering } = job;
  const word = isRendering ? RENDERING : found && (statusText(found) ?? 'unknown');
  return word === undefined ? '' : masked(`${markOf(statusOf(job)).symbol} ${word}`);
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
