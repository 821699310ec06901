import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { hoursText, secondsText, triesText } from '../../../amount-text.ts';
import { Changed } from '../changed-value.ts';
import { count, counted } from '../page-format.ts';
import { routePath } from '../route.ts';
import { Mark } from '../status-marks.ts';
import { knownText, ofTasks } from './figure-columns.ts';
import type { ParsedFigures } from './parsed-statistics.ts';

/** The numbers of all jobs of the span. */
export function StatisticsSummary({ total, hours }: { total: ParsedFigures; hours: number }) {
  const { tasks, completed, failed, jobs, renderSeconds, wastedSeconds } = total;
  const { wastedOf, wastedTries: tries } = total;
  const median = total.medianSeconds;
  const since = `${hours}h`;
  const share = tasks === 0 ? '' : ` (${Math.round((100 * failed) / tasks)} %)`;
  return html`<div class="summary">
    <${Figure} mark=${html`<i class="swatch rendered"></i>`} word="Render time" text=${knownText(renderSeconds, hoursText)}>
      ${ofTasks(total.renderOf, tasks) || (median !== null && `median ${secondsText(median)}`)}
    <//>
    <${Figure} mark=${html`<i class="swatch wasted"></i>`} word="Wasted" text=${knownText(wastedSeconds, hoursText)}>
      ${tries === null ? 'history off' : wastedOf === tries ? `in ${triesText(tries)}` : `${count(wastedOf ?? 0)} of ${triesText(tries)}`}
    <//>
    <${Figure} mark=${html`<${Mark} status="completed" />`} word="Completed" text=${`${count(completed)} ${completed === 1 ? 'task' : 'tasks'}`}>
      of ${counted(tasks, 'task')}
    <//>
    <${Figure} mark=${html`<${Mark} status="failed" />`} word="Failed" text=${`${count(failed)} ${failed === 1 ? 'task' : 'tasks'}`} path=${routePath('jobs', { failed: 'yes', since })}>
      of ${counted(tasks, 'task')}${share}
    <//>
    <${Figure} word="Stopped" text=${`${count(jobs)} ${jobs === 1 ? 'job' : 'jobs'}`} path=${routePath('jobs', { since })}>
      ${count(total.jobsCompleted)} completed, ${count(total.jobsFailed)} failed
    <//>
  </div>`;
}

function Figure({
  mark = null,
  word,
  text,
  path,
  children,
}: {
  mark?: ComponentChildren;
  word: string;
  /** The number and its unit, if it is known. */
  text: string;
  path?: string;
  children: ComponentChildren;
}) {
  const [number = '', unit = ''] = text.split(' ');
  const inside = html`<span class="head">${mark}${word}</span>
    <span class="value">
      <${Changed} value=${number} name="count">${number}<//> <span class="unit">${unit}</span>
    </span>
    <span class="tells quiet">${children}</span>`;
  return path === undefined
    ? html`<div class="figure">${inside}</div>`
    : html`<a class="figure" href=${path}>${inside}</a>`;
}
