import { html } from 'htm/preact';
import type { FarmState, RenderingJob, RenderingTask } from '../../state/farm-state.ts';
import { useHeldRows, useLiveList } from '../live-list.ts';
import { clockSeconds, count, counted, duration, ratio, UNKNOWN } from '../page-format.ts';
import { jobPath, routePath } from '../route.ts';
import { SectionHead } from '../section-head.ts';
import { Mark } from '../status-marks.ts';
import { withCommands } from '../weather.ts';
import { JobLink } from './failed-section.ts';

/** How many jobs are shown. */
const MOST = 12;
/** How long an order is kept at least. */
const KEPT_MS = 10_000;
/** From which ratio to the median a task is conspicuous. */
const LONG = 1.5;

const OFF =
  'Tasks that render are not known: the stack keeps no index of them. To see them, deploy with `rendering: on`.';

/** The jobs that render, by their longest task. */
export function RenderingSection({ farm, now }: { farm: FarmState; now: number }) {
  const { rows, waiting, isRead, ref, show } = useLiveList(farm.rendering, ({ job }) => job, {
    keepFor: KEPT_MS,
  });
  const isOff = farm.status.rendering === 'off';
  const { renderingTasks, renderingJobs } = farm.summary;
  const tells = isOff
    ? 'off'
    : `${counted(renderingTasks ?? 0, 'task')} in ${counted(renderingJobs ?? 0, 'job')}`;
  const elapsed = ({ started }: RenderingTask) => (started === null ? 0 : now - started);
  const longest = Math.max(
    1,
    ...rows.flatMap(({ row }) => [row.median ?? 0, ...row.tasks.map(elapsed)]),
  );
  return html`<section id="rendering" aria-label="Rendering" tabindex="-1">
    <${SectionHead} title="Rendering" tells=${tells} waiting=${waiting} onShow=${show}>
      ${
        rows.length > 0 &&
        html`<span class="quiet">longest first</span><span class="quiet"><i class="median-sign"></i>median of the job</span>`
      }
    <//>
    <div ref=${ref}>
      ${isOff && html`<p class="note">${withCommands(OFF)}</p>`}
      ${!isOff && rows.length === 0 && html`<p class="good"><span>Nothing renders now.</span></p>`}
      ${rows
        .slice(0, MOST)
        .map(
          ({ row, isGone }) =>
            html`<${JobThatRenders} key=${row.job} job=${row} isGone=${isGone} isRead=${isRead} longest=${longest} now=${now} />`,
        )}
      ${rows.length > MOST && html`<p class="more">${counted(rows.length - MOST, 'more job')}</p>`}
    </div>
  </section>`;
}

function JobThatRenders({
  job,
  isGone,
  isRead,
  longest,
  now,
}: {
  job: RenderingJob;
  isGone: boolean;
  isRead: boolean;
  longest: number;
  now: number;
}) {
  const facts = [
    job.completed === null ? '' : `${count(job.completed)} done`,
    job.median === null ? '' : `median ${duration(job.median)}`,
  ].filter((fact) => fact !== '');
  const tasks = useHeldRows(job.tasks, ({ task }) => String(task), isRead).rows;
  return html`<div class=${isGone ? 'rendering-job gone' : 'rendering-job'}>
    <div class="rendering-head" data-row>
      <${Mark} status="rendering" label="Rendering" />
      <span class="elided"><${JobLink} ...${job} /> <span class="second">${job.name === null ? 'named when it stops' : 'named by its last stop'}</span></span>
      <span class="second-line"><b>${count(job.rendering)}</b> rendering${facts.length > 0 && `, ${facts.join(' · ')}`}</span>
    </div>
    <ul>
      ${tasks.map(({ row, isGone: hasEnded }) => html`<${TaskThatRenders} key=${row.task} job=${job} task=${row} isGone=${hasEnded} longest=${longest} now=${now} />`)}
    </ul>
    ${
      job.more > 0 &&
      html`<p class="rendering-more">${count(job.more)} more${job.moreSince !== null && `, all started after ${clockSeconds(job.moreSince)}`}</p>`
    }
  </div>`;
}

function TaskThatRenders({
  job,
  task,
  isGone,
  longest,
  now,
}: {
  job: RenderingJob;
  task: RenderingTask;
  isGone: boolean;
  longest: number;
  now: number;
}) {
  const WIDTH = 141;
  const HEIGHT = 14;
  const elapsed = task.started === null ? null : Math.max(0, now - task.started);
  const { median } = job;
  const px = (ms: number) => Math.round((ms / longest) * WIDTH * 10) / 10;
  // The whole of its line is within the bar's width.
  const medianAt = Math.min(px(median ?? 0), WIDTH - 2);
  const isLong =
    elapsed !== null &&
    median !== null &&
    median > 0 &&
    Number(ratio(elapsed, median).slice(0, -1)) >= LONG;
  return html`<li class=${isGone ? 'rendering-task gone' : 'rendering-task'}>
    <span class="elided worker">${
      task.worker === null
        ? UNKNOWN
        : html`<a href=${routePath('workers', { text: task.worker })} title=${task.worker}>${task.worker}</a>`
    }</span>
    <a class="copied" href=${jobPath(job.job, task.task)} aria-label="Task ${task.task}">${task.task}</a>
    <svg class="elapsed" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH / 16}rem" height="${HEIGHT / 16}rem" aria-hidden="true">
      <rect class="rail" y="4" width=${WIDTH} height="7" rx="2" />
      <rect class="bar" y="4" width=${px(Math.min(longest, elapsed ?? 0))} height="7" rx="2" />
      ${median !== null && html`<path class="median-edge" d="M${medianAt - 1.5} 0h5v14h-5z" /><path class="median" d="M${medianAt} 0h2v14h-2z" />`}
    </svg>
    <b class="number">${duration(elapsed)}</b>
    <span class=${isLong ? 'number' : 'number quiet'}>${
      elapsed === null || median === null || median === 0
        ? UNKNOWN
        : isLong
          ? html`<b>${ratio(elapsed, median)}</b>`
          : ratio(elapsed, median)
    }</span>
  </li>`;
}
