import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import type { WorkersState } from '../../state/farm-state.ts';
import { useFirstRows } from '../first-rows.ts';
import { clock, count, counted, duration, durationInWords, UNKNOWN, when } from '../page-format.ts';
import { DEFAULT_HOURS, routePath } from '../route.ts';
import { Mark } from '../status-marks.ts';
import { type HourCell, hourCells, hoursPerCell, mostFailed } from './worker-hours.ts';

export interface WorkersPageProps {
  readonly state: WorkersState;
  readonly parameters: URLSearchParams;
  /** The server's time now, once a second; it stands still when the board is cut off. */
  readonly now: number;
}

type Worker = WorkersState['workers'][number];

const HOUR = 3_600_000;
/** Rows that are shown at first. */
const FIRST = 200;

/** The page of all workers, the worst first, with a heat strip of their failures by hour. */
export function WorkersPage({ state, parameters, now }: WorkersPageProps) {
  const { workers, since, until, status } = state;
  const text = (parameters.get('text') ?? '').toLowerCase();
  const fitting = useMemo(
    () => workers.filter(({ worker }) => worker.toLowerCase().includes(text)),
    [workers, text],
  );
  const most = useMemo(() => mostFailed(workers), [workers]);
  const { shown, more, showAll } = useFirstRows(fitting, FIRST);
  const historyOn = status.history !== 'off';
  // Only the whole history knows of tasks that went well.
  const isWhole = status.history === 'all';
  const failing = workers.filter(({ failed }) => failed > 0).length;
  const hours = hoursPerCell(workers[0]?.failedByHour.length ?? 0);
  const axis = workers[0] ? hourCells(workers[0].failedByHour, since, 0) : [];
  return html`<div class="workers-page">
    <div class="section-head">
      <h1>Workers</h1>
      <span class="quiet">
        ${counted(workers.length, 'worker')} in ${durationInWords(until - since)}, ${count(failing)} with failures
      </span>
      ${
        text !== '' &&
        html`<span class="quiet">
          ${counted(fitting.length, 'name')} with “${text}”:${' '}
          <a class="underlined" href=${allPath(parameters)}>show all</a>
        </span>`
      }
      <span class="last quiet">worst first, since ${when(since, now)}</span>
    </div>
    ${
      fitting.length === 0
        ? html`<p class="nothing">
            ${workers.length === 0 ? 'No worker was named in this time.' : `No worker has “${text}” in its name.`}
          </p>`
        : html`<table>
            <caption class="said">Workers, worst first</caption>
            <thead>
              <tr>
                <th scope="col">worker</th>
                <th class="number" scope="col">failed</th>
                ${historyOn && html`<th class="number" scope="col">requeued</th>`}
                ${isWhole && html`<th class="number" scope="col">tasks</th>`}
                ${isWhole && html`<th class="number wide" scope="col">render time</th>`}
                <th scope="col">
                  <span class="said">failed tasks by hour</span>
                  <div class="hours" aria-hidden="true">
                    ${axis.map(({ begin }, index) => html`<span key=${begin}>${index % 3 === 0 && clock(begin)}</span>`)}
                  </div>
                </th>
              </tr>
            </thead>
            <tbody>
              ${shown.map(
                (each) => html`<tr key=${each.worker} data-row=${each.failed > 0 ? '' : undefined}>
                  <th scope="row" class="elided" title=${each.worker}>
                    ${each.failed > 0 ? html`<a class="row-link" href=${failedOnPath(each.worker, until - since)}>${each.worker}</a>` : each.worker}
                  </th>
                  <td class="number">${failedCell(each)}</td>
                  ${historyOn && html`<td class="number requeued">${requeuedCell(each)}</td>`}
                  ${isWhole && html`<td class="number worker-tasks">${count(each.tasks)}</td>`}
                  ${isWhole && html`<td class="number wide">${duration(each.rendered)}</td>`}
                  <td>${heatStrip(hourCells(each.failedByHour, since, most), hours)}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${
      more > 0 &&
      html`<button type="button" class="show-more" onClick=${showAll}>
        ${count(more)} more
      </button>`
    }
    ${
      !isWhole &&
      html`<p class="note">
        ${historyOn ? 'How many tasks a worker had, and how long it rendered, is' : 'Requeues, tasks, and render time are'}${' '}
        not known: to keep them, deploy with <code>history: all</code>; they count from then on.
      </p>`
    }
  </div>`;
}

/** The jobs with failed tasks on a worker. */
function failedOnPath(worker: string, span: number): string {
  const hours = Math.round(span / HOUR);
  return routePath('jobs', {
    worker,
    ...(hours !== DEFAULT_HOURS && { since: `${hours}h` }),
  });
}

/** The page without its filter, and with all else that the URL says. */
function allPath(parameters: URLSearchParams): string {
  const others = new URLSearchParams(parameters);
  others.delete('text');
  return routePath('workers', others);
}

function failedCell({ failed, tasks }: Worker) {
  if (failed === 0) {
    return html`<span class="quiet">none</span>${tasks !== null && html`<span class="worker-share"></span>`}`;
  }
  const share = tasks ? ` (${Math.round((100 * failed) / tasks)} %)` : '';
  return html`<span class="failed"><${Mark} status="failed" size=${12} /> ${count(failed)}</span
    >${tasks !== null && html`<span class="quiet worker-share">${share}</span>`}`;
}

function requeuedCell({ requeued }: Worker) {
  if (requeued === null) return UNKNOWN;
  if (requeued === 0) return html`<span class="quiet">none</span>`;
  return html`<${Mark} status="requeued" size=${12} /> ${count(requeued)}`;
}

/** Each hour with its number, darker where more failed. */
function heatStrip(cells: readonly HourCell[], hours: number) {
  const said = cells
    .filter(({ failed }) => failed > 0)
    .map(({ begin, failed }) => `${count(failed)} at ${clock(begin)}`);
  return html`<span class="said">${said.length === 0 ? 'none' : said.join(', ')}</span>
    <div class="hours" aria-hidden="true">
      ${cells.map(
        ({ begin, failed, level }) => html`<span
          key=${begin}
          class=${`heat level-${level}`}
          title=${`${counted(failed, 'task')} failed in ${counted(hours, 'hour')} from ${clock(begin)}`}
        >
          ${failed > 0 && count(failed)}
        </span>`,
      )}
    </div>`;
}
