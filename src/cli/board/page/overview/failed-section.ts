import { html } from 'htm/preact';
import type { FarmState, JobWithFailures } from '../../state/farm-state.ts';
import { Changed } from '../changed-value.ts';
import { AllFramesCopy, RowCopy } from '../copy-button.ts';
import { FailureStrip } from '../failure-strip.ts';
import { useLiveList } from '../live-list.ts';
import {
  age,
  clock,
  count,
  counted,
  duration,
  shortId,
  UNKNOWN,
  when,
  whenWhole,
} from '../page-format.ts';
import { jobPath, routePath } from '../route.ts';
import { SectionHead } from '../section-head.ts';
import { Mark, STATUS_WORDS, statusOf } from '../status-marks.ts';
import { typicalWorkers } from '../typical-workers.ts';
import { JobsWith, WorkerLink } from './row-links.ts';

/** How many jobs are shown of a night with very many. */
const MOST_FAILED = 40;
const MOST_WENT_ON = 20;

/** What the lists of a page need beside their rows. */
export interface ListProps {
  readonly farm: FarmState;
  readonly now: number;
  /** Rows that are newer have an edge. */
  readonly seen: number;
  /** `in 12 h`, or `as of 07:36:40`. */
  readonly span: string;
  /** The span in a URL: `12h`. */
  readonly since: string;
}

type Row = JobWithFailures & { readonly isFailed: boolean };

/** Jobs with failed tasks: those that failed, in two lines each, then those that went on. */
export function FailedSection({ farm, now, seen, span, since }: ListProps) {
  const newest: Row[] = [
    ...farm.failedJobs.map((job) => ({ ...job, isFailed: true })),
    ...farm.wentOn.map((job) => ({ ...job, isFailed: false })),
  ];
  const { rows, waiting, ref, show } = useLiveList(
    newest,
    // A job that goes on moves to the other list.
    ({ job, isFailed }) => `${job} ${isFailed}`,
  );
  const failed = rows.filter(({ row }) => row.isFailed);
  const wentOn = rows.filter(({ row }) => !row.isFailed);
  const isGood = newest.length === 0 && rows.length === 0;

  return html`<section id="failed" aria-label="Failed">
    <${SectionHead} title="Failed" tells="${isGood ? '0' : counted(newest.length, 'job')} ${span}" waiting=${waiting} onShow=${show}>
      ${newest.length > 0 && html`<span class="quiet">newest first</span>`}
      <${AllFramesCopy} jobs=${newest} name="plain" />
    <//>
    <div ref=${ref}>
      ${isGood && html`<p class="good"><${Mark} status="completed" /> <span>Nothing failed ${span}. <span class="quiet">${lastFailure(farm, now)}</span></span></p>`}
      ${
        failed.length > 0 &&
        html`<h3 class="group-head"><${Mark} status="failed" />Failed jobs <span class="quiet">${count(farm.failedJobs.length)}</span></h3>
          <ul>
            ${failed.slice(0, MOST_FAILED).map(({ row, isGone }) => html`<${FailedRow} key=${row.job} job=${row} isGone=${isGone} now=${now} seen=${seen} since=${since} />`)}
          </ul>
          <${More} number=${failed.length - MOST_FAILED} path=${routePath('jobs', { status: 'Failed', since })} />`
      }
      ${
        wentOn.length > 0 &&
        html`<h3 class="group-head"><${Mark} status="completed" />Jobs that went on, with failed tasks <span class="quiet">${count(farm.wentOn.length)}</span></h3>
          <ul>
            ${wentOn.slice(0, MOST_WENT_ON).map(({ row, isGone }) => html`<${WentOnRow} key=${row.job} job=${row} isGone=${isGone} seen=${seen} since=${since} />`)}
          </ul>
          <${More} number=${wentOn.length - MOST_WENT_ON} path=${routePath('jobs', { failed: 'yes', since })} />`
      }
    </div>
  </section>`;
}

function lastFailure({ lastFailure: last }: FarmState, now: number): string {
  return last === null
    ? ''
    : `The last failure was ${when(last, now).includes('at') ? 'on' : 'at'} ${when(last, now)}.`;
}

/** How many more rows there are, with the way to them. */
export function More({ number, path }: { number: number; path: string }) {
  return number > 0 && html`<p class="more"><a href=${path}>${count(number)} more</a></p>`;
}

/** A job's link, by its name, or by its id until it stopped. It covers its row. */
export function JobLink({ job, name }: { job: string; name: string | null }) {
  return html`<a class="row-link elided" href=${jobPath(job)} title=${name ?? job}>${
    name ?? html`<span class="copied">${shortId(job)}</span>`
  }</a>`;
}

/** Classes of a row. */
export function rowName(name: string, time: number | null, seen: number, isGone: boolean): string {
  return `${name}${time !== null && time > seen ? ' unseen' : ''}${isGone ? ' gone' : ''}`;
}

interface RowProps {
  readonly job: Row;
  readonly isGone: boolean;
  readonly seen: number;
  readonly since: string;
}

function FailedRow({ job, isGone, now, seen, since }: RowProps & { now: number }) {
  const workers = typicalWorkers(job.workers);
  const time = job.lastFailed ?? job.stopped;
  const isOf = (value: string | null) => value !== null && value !== '';
  return html`<li data-row class=${rowName('failed-row', time, seen, isGone)}>
    <${Mark} status="failed" label="Failed" />
    <div class="cell name"><b><${JobLink} ...${job} /></b>
      <span class="second elided">${
        isOf(job.user) &&
        html`<${JobsWith} field="user" value=${job.user} since=${since} />${isOf(job.plugin) && ' · '}`
      }${isOf(job.plugin) && html`<${JobsWith} field="plugin" value=${job.plugin} since=${since} />`}<span class="ran">${(isOf(job.user) || isOf(job.plugin)) && ' · '}ran ${duration(job.ran)}</span></span></div>
    <div class="cell tasks"><span><${Failed} job=${job} /> tasks failed</span>
      <${FailureStrip} failed=${job.failedTasks} tasks=${job.tasks} width=${142} /></div>
    <div class="cell frames"><span class="copied elided" title=${job.frames}>${job.frames || UNKNOWN}</span>
      <span class="second">${job.frameCount === null ? '' : counted(job.frameCount, 'frame')}</span></div>
    <div class="cell workers"><${Worst} job=${job} />
      <span class="second elided">${workers.second}</span></div>
    ${job.frames !== '' && html`<${RowCopy} frames=${job.frames} count=${job.frameCount} />`}
    <div class="cell time"><time title=${whenWhole(time)}><${Changed} value=${time}>${clock(time)}<//></time><span class="second">${age(time, now)}</span></div>
  </li>`;
}

function WentOnRow({ job, isGone, seen, since }: RowProps) {
  const status = statusOf(job.status ?? 'Rendering');
  const time = job.lastFailed;
  return html`<li data-row class=${rowName('went-on-row', time, seen, isGone)}>
    <${Mark} status=${status} label=${STATUS_WORDS[status]} />
    <div class="cell name"><${JobLink} ...${job} /> <span class="second">${job.user !== null && html`<${JobsWith} field="user" value=${job.user} since=${since} />`}</span></div>
    <div class="tasks"><span><${Failed} job=${job} />${job.tasks === null && ' failed'}</span>
      <${FailureStrip} failed=${job.failedTasks} tasks=${job.tasks} width=${78} /></div>
    <div class="frames"><span class="copied elided" title=${job.frames}>${job.frames || UNKNOWN}</span></div>
    <div class="workers"><${Worst} job=${job} /></div>
    ${job.frames !== '' && html`<${RowCopy} frames=${job.frames} count=${job.frameCount} />`}
    <time title=${whenWhole(time)}><${Changed} value=${time}>${clock(time)}<//></time>
  </li>`;
}

/** `7 of 41`, the first in the color of failed. */
export function Failed({ job }: { job: Pick<JobWithFailures, 'failed' | 'tasks'> }) {
  return html`<${Changed} value=${job.failed}><b class="failed">${count(job.failed)}</b>${
    job.tasks === null ? '' : ` of ${count(job.tasks)}`
  }<//>`;
}

/** The worst worker, or how many there are. A long name is cut, and never the number. */
function Worst({ job }: { job: JobWithFailures }) {
  const { first, times } = typicalWorkers(job.workers);
  const isWorker = job.workers.some(([worker]) => worker === first);
  return html`<span class="worst" title=${workersTitle(job)}>
    ${isWorker ? html`<${WorkerLink} worker=${first} />` : html`<span class="elided">${first}</span>`}${times > 1 && html`<b>×${times}</b>`}
  </span>`;
}

const workersTitle = ({ workers }: JobWithFailures) =>
  workers.map(([worker, times]) => (times === 1 ? worker : `${worker} ×${times}`)).join(', ');
