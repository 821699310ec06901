import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import type { FarmState } from '../../state/farm-state.ts';
import { Changed } from '../changed-value.ts';
import { count, counted, UNKNOWN } from '../page-format.ts';
import { routePath } from '../route.ts';
import { Mark, type Status } from '../status-marks.ts';

/** Four numbers of the span, each with where to look further. */
export function SummaryBand({ farm, hours }: { farm: FarmState; hours: number }) {
  const { summary } = farm;
  const since = `${hours}h`;
  return html`<div class="summary">
    <${Figure}
      status="failed"
      word="Failed"
      number=${summary.failedTasks}
      unit=${summary.failedTasks === 1 ? 'task' : 'tasks'}
      path=${routePath('jobs', { failed: 'yes', since })}
    >
      ${
        summary.jobsWithFailures === 0
          ? 'in no job'
          : `in ${counted(summary.jobsWithFailures, 'job')}, ${count(summary.failedJobs)} failed`
      }
    <//>
    <${Figure}
      status="requeued"
      word="Requeued"
      number=${summary.requeues}
      unit=${summary.requeues === 1 ? 'time' : 'times'}
      path=${routePath('workers', { hours: String(hours) })}
    >
      ${
        summary.requeues === null
          ? 'history off'
          : summary.requeueWorkers === null
            ? UNKNOWN
            : `on ${counted(summary.requeueWorkers, 'worker')}`
      }
    <//>
    <${Figure}
      status="completed"
      word="Stopped"
      number=${summary.stoppedJobs}
      unit=${summary.stoppedJobs === 1 ? 'job' : 'jobs'}
      path=${routePath('jobs', { since })}
    >
      ${count(summary.completedJobs)} completed
    <//>
    <${Figure}
      status="rendering"
      word="Rendering"
      number=${summary.renderingTasks}
      unit=${summary.renderingTasks === 1 ? 'task' : 'tasks'}
      path="#rendering"
    >
      ${
        summary.renderingTasks === null
          ? 'rendering off'
          : counted(summary.renderingJobs ?? 0, 'job')
      }
    <//>
  </div>`;
}

function Figure({
  status,
  word,
  number,
  unit,
  path,
  children,
}: {
  status: Status;
  word: string;
  number: number | null;
  unit: string;
  path: string;
  children: ComponentChildren;
}) {
  return html`<a class="figure" href=${path}>
    <span class="head"><${Mark} status=${status} />${word}</span>
    <span class="value">
      <${Changed} value=${number} name="count">${count(number)}<//>
      ${number !== null && html` <span class="unit">${unit}</span>`}
    </span>
    <span class="tells quiet">${children}</span>
  </a>`;
}
