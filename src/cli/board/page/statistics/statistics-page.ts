import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { GROUPINGS } from '../../../statistics/grouping.ts';
import { ask } from '../api.ts';
import { go } from '../navigation.ts';
import { count, counted, when } from '../page-format.ts';
import { readHours } from '../page-question.ts';
import { routePath } from '../route.ts';
import { pressedSort, type SortColumn } from '../sorted-rows.ts';
import { withCommands } from '../weather.ts';
import { readGroupSort } from './figure-columns.ts';
import { FiguresTable } from './figures-table.ts';
import { readGrouping } from './group-text.ts';
import type { ParsedGroup, ParsedStatistics } from './parsed-statistics.ts';
import { StatisticsSummary } from './statistics-summary.ts';

const HOUR = 3_600_000;

const SPANS = new Map([
  [1, 'last hour'],
  [12, 'last 12 h'],
  [24, 'last 24 h'],
  [168, 'last 7 days'],
]);

/** What the jobs that stopped in a span took: in all, and by what they have in common. */
export function StatisticsPage({
  state,
  parameters,
  now,
  path,
  onAsk,
}: {
  /** Of the grouping before, while another one is asked for. */
  state: ParsedStatistics;
  parameters: URLSearchParams;
  /** The server's time now. */
  now: number;
  /** At which it is asked for. */
  path: string;
  /** Asks anew. */
  onAsk: () => void;
}) {
  const { total, groups, stopped, read, since } = state;
  const hours = readHours(parameters);
  const by = state.by ?? readGrouping(parameters);
  const sort = readGroupSort(parameters.get('sort'), by);
  const set = (name: string, value: string) => {
    const changed = new URLSearchParams(parameters);
    changed.set(name, value);
    go(routePath('statistics', changed), 'replace');
  };
  return html`<div class="statistics-page">
    <${StatisticsSummary} total=${total} hours=${hours} />
    <div class="section-head">
      <h1>Statistics</h1>
      <span class="quiet" role="status">${
        read < stopped
          ? `${count(read)} of ${counted(stopped, 'job')} so far`
          : counted(read, 'job')
      } with ${counted(total.tasks, 'task')}, since ${when(since, now)}</span>
      <span class="rest"></span>
      <${Choice} word="by" value=${readGrouping(parameters)} options=${GROUPINGS.map((each) => [each, each])} onChoice=${(value: string) => set('by', value)} />
      <${Choice} word="stopped" value=${String(hours)} options=${spansWith(hours)} onChoice=${(value: string) => set('hours', value)} />
    </div>
    ${notesOf(state, hours, now).map((note) => html`<p class="note" key=${note}>${withCommands(note)}</p>`)}
    ${state.unread !== null && html`<${Unread} unread=${state.unread} path=${path} onAsk=${onAsk} />`}
    ${
      groups.length === 0
        ? html`<p class="nothing">${stopped === 0 ? 'No job stopped in this time.' : 'The tasks of these jobs are not read yet.'}</p>`
        : html`<${FiguresTable} groups=${groups} by=${by} sort=${sort} span=${{ hours: Math.round((state.until - since) / HOUR), since }} now=${now} hasHistory=${total.wastedTries !== null} onSort=${(column: SortColumn<ParsedGroup>) => set('sort', pressedSort(sort, column))} />`
    }
  </div>`;
}

function spansWith(hours: number): [string, string][] {
  const spans = new Map([...SPANS, [hours, SPANS.get(hours) ?? `last ${hours} h`] as const]);
  return [...spans].sort(([a], [b]) => a - b).map(([each, words]) => [String(each), words]);
}

function Choice({
  word,
  value,
  options,
  onChoice,
}: {
  word: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChoice: (value: string) => void;
}) {
  return html`<label class="chip">
    <span class="quiet">${word}</span>
    <select value=${value} onChange=${(event: Event) => onChoice((event.target as HTMLSelectElement).value)}>
      ${options.map(([each, words]) => html`<option key=${each} value=${each}>${words}</option>`)}
    </select>
  </label>`;
}

/** What the figures leave out. */
function notesOf(state: ParsedStatistics, hours: number, now: number): string[] {
  const { stopped, read, leftOut, unread, historySince, status } = state;
  const left = stopped - read - leftOut - (unread?.jobs ?? 0);
  return [
    ...(left > 0 ? [`Reading: ${counted(left, 'job is', 'jobs are')} left.`] : []),
    ...(leftOut > 0
      ? [
          `${counted(leftOut, 'job is', 'jobs are')} not counted: the board does not hold that many tasks. ` +
            `\`deadline-notifications stats --since ${hours}h\` counts all.`,
        ]
      : []),
    ...(status.history === 'off'
      ? [
          'Wasted time is not known. To know it, deploy with `history: problems`; it counts from then on.',
        ]
      : []),
    ...(historySince !== null
      ? [
          `The history has nothing from before ${when(historySince, now)}: what was wasted then may be missing.`,
        ]
      : []),
  ];
}

/** What is read only if someone agrees. */
function Unread({
  unread,
  path,
  onAsk,
}: {
  unread: NonNullable<ParsedStatistics['unread']>;
  path: string;
  onAsk: () => void;
}) {
  const [isAsked, setAsked] = useState(false);
  const { jobs, tasks, units, usd } = unread;
  const read = async () => {
    setAsked(true);
    // If it fails, the next answer says so.
    await ask(`${path}&read=all`).catch(() => undefined);
    setAsked(false);
    onAsk();
  };
  return html`<p class="note unread">
    <span>${counted(jobs, 'job is', 'jobs are')} not read: about ${counted(tasks, 'task')}, some ${count(Math.round(units))} read units, $${usd.toFixed(2)}.</span>
    <button type="button" class="button" disabled=${isAsked} onClick=${read}>Read them</button>
  </p>`;
}
