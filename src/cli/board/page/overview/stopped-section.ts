import { html } from 'htm/preact';
import type { StoppedJob } from '../../state/farm-state.ts';
import { Changed } from '../changed-value.ts';
import { useLiveList } from '../live-list.ts';
import { clock, count, counted, duration, UNKNOWN, whenWhole } from '../page-format.ts';
import { routePath } from '../route.ts';
import { SectionHead } from '../section-head.ts';
import { Mark, statusOf } from '../status-marks.ts';
import { Failed, JobLink, type ListProps, More, rowName } from './failed-section.ts';
import { JobsWith } from './row-links.ts';

/** How many jobs are shown; the page of jobs has all. */
const MOST = 30;

/** The jobs that stopped, newest first. */
export function StoppedSection({ farm, seen, span, since }: ListProps) {
  const { rows, waiting, ref, show } = useLiveList(farm.stopped, ({ job }) => job);
  const { stoppedJobs } = farm.summary;
  const shown = rows.slice(0, MOST);
  return html`<section id="stopped" aria-label="Stopped">
    <${SectionHead} title="Stopped" tells="${counted(stoppedJobs, 'job')} ${span}" waiting=${waiting} onShow=${show}>
      <span class="quiet">newest first</span>
    <//>
    <div ref=${ref}>
      ${shown.length === 0 && html`<p class="good"><span>No job stopped ${span}.</span></p>`}
      <ul>
        ${shown.map(({ row, isGone }) => html`<${StoppedRow} key=${row.job} job=${row} isGone=${isGone} seen=${seen} since=${since} />`)}
      </ul>
      <${More} number=${stoppedJobs - shown.length} path=${routePath('jobs', { since })} />
    </div>
  </section>`;
}

function StoppedRow({
  job,
  isGone,
  seen,
  since,
}: {
  job: StoppedJob;
  isGone: boolean;
  seen: number;
  since: string;
}) {
  return html`<li data-row class=${rowName('stopped-row', job.stopped, seen, isGone)}>
    <span class="status ${statusOf(job.status)}"><${Mark} status=${statusOf(job.status)} /><${Changed} value=${job.status}>${job.status ?? UNKNOWN}<//></span>
    <span class="elided name"><${JobLink} ...${job} /></span>
    <span class="elided user"><${JobsWith} field="user" value=${job.user} since=${since} /></span>
    <span class="elided plugin"><${JobsWith} field="plugin" value=${job.plugin} since=${since} /></span>
    <span class="tasks">${
      (job.failed ?? 0) > 0
        ? html`<${Failed} job=${job} /> failed`
        : job.tasks === null
          ? UNKNOWN
          : `${count(job.tasks)} ${job.tasks === 1 ? 'task' : 'tasks'}`
    }</span>
    <span class="number ran">${duration(job.ran)}</span>
    <time class="number" title=${whenWhole(job.stopped)}><${Changed} value=${job.stopped}>${clock(job.stopped)}<//></time>
  </li>`;
}
