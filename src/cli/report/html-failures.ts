import { elideEnd, elideRanges } from '../../terminal/elide.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { NONE } from '../columns.ts';
import { failureStrip, statusMark } from './html-marks.ts';
import { htmlTable, seenName } from './html-table.ts';
import { type Markup, markup } from './markup.ts';
import type { Report, ReportedJob } from './report-model.ts';
import { failureTimes } from './report-times.ts';
import { failedTasksParts, failureIds, jobText, timesOnWorkers, UNKNOWN } from './report-words.ts';

/** The most characters of frames, and of a reason. */
const MOST = { frames: 90, reason: 160 } as const;

/** What failed, a job a row; `undefined` if nothing did. */
export function failureTable(report: Report, view: TimeView): Markup | undefined {
  const times = failureTimes(report, view);
  const ids = failureIds(report);
  const rows = report.failed.jobs.map((job, index) => ({
    job,
    id: ids[index] as string,
    time: times[index] as string,
  }));
  return htmlTable(
    'failures',
    [
      { head: '', of: 'mark', cell: ({ job }) => statusMark(job.status) },
      { head: 'job', of: 'job', cell: ({ job, id }) => jobCell(job, id) },
      { head: 'failed', of: 'failing', cell: ({ job }) => failedCell(job) },
      { head: 'frames to paste', of: 'frames', cell: ({ job }) => frameRanges(job.frames) },
      { head: 'workers', of: 'where', cell: ({ job }) => timesOnWorkers(job.workers) || NONE },
      { head: 'time', of: 'time', cell: ({ time }) => time },
    ],
    rows,
  );
}

function jobCell(job: ReportedJob, id: string): Markup {
  const { status, user, plugin, reason } = job;
  const about = [status, user ?? [], plugin ?? [], id || []].flat().map(seenName).join(' · ');
  const why = reason === null ? [] : markup`<br><small>${elideEnd(reason, MOST.reason)}</small>`;
  return markup`<b>${seenName(jobText(job))}</b><br><small>${about}</small>${why}`;
}

/** Such as `7 of 41 tasks failed`, whose first number has the color of failures. */
function failedCell(job: ReportedJob): Markup {
  const [count, rest] = failedTasksParts(job);
  const failed = count === '' ? [] : markup`<b class="some">${count}</b>`;
  return markup`${failed}${rest}${failureStrip(job)}`;
}

/** Frames as Deadline writes them, between hyphens of which a line would be broken. */
const RANGE = /^-?\d{1,15}-[-\dx]{1,15}$/;

/** Frames, of which no range is broken over two lines. */
function frameRanges(frames: string): Markup | string {
  if (frames === '') return UNKNOWN;
  const ranges = elideRanges(frames, MOST.frames).split(', ');
  return markup`${ranges.flatMap((range, index) => [index > 0 ? ', ' : '', RANGE.test(range) ? markup`<span>${range}</span>` : range])}`;
}
