import { html } from 'htm/preact';
import { useMemo, useRef } from 'preact/hooks';
import type { JobsState, StoppedJob } from '../../state/farm-state.ts';
import { AllFramesCopy, CopyButton } from '../copy-button.ts';
import { useKeys } from '../keys.ts';
import { useLiveList } from '../live-list.ts';
import { useMedia } from '../media.ts';
import { go, goBack } from '../navigation.ts';
import { count, counted } from '../page-format.ts';
import { routePath } from '../route.ts';
import { pressedSort } from '../sorted-rows.ts';
import { Arrow } from '../status-marks.ts';
import { Magnifier } from '../top-bar.ts';
import { FilterColumn } from './filter-column.ts';
import { type JOB_COLUMNS, readSort, sortJobs } from './job-columns.ts';
import {
  cleared,
  FIELDS,
  type Field,
  filtersSet,
  fits,
  type JobFilterState,
  toggled,
} from './job-filter-state.ts';
import { useJobPages } from './job-pages.ts';
import { JobsTable } from './jobs-table.ts';
import { SpanChoice } from './span-choice.ts';

/** The jobs that stopped in a span, with filters, which are in the URL. */
export function JobsPage({
  first,
  span,
  parameters,
  filter,
  seen,
  now,
}: {
  first: JobsState;
  /** The path at which `first` was asked for. */
  span: string;
  parameters: URLSearchParams;
  filter: JobFilterState;
  seen: number;
  now: number;
}) {
  const field = useRef<HTMLInputElement>(null);
  const isWide = useMedia('(min-width: 75rem)');
  const { jobs: read, isWhole } = useJobPages(span, first);
  const search = parameters.toString();
  // The page is drawn each second, and there may be thousands of jobs.
  const begin = beginOf(filter, now);
  const jobs = useMemo(() => read.filter(({ stopped }) => (stopped ?? 0) >= begin), [read, begin]);
  const sort = useMemo(() => readSort(parameters.get('sort')), [search]);
  const fitting = useMemo(
    () =>
      sortJobs(
        jobs.filter((job) => fits(job, filter)),
        sort,
      ),
    [jobs, search],
  );
  // What the reader asks for anew is shown at once; what comes waits while the list is read.
  const asked = `${routePath('jobs', parameters)} ${span} ${isWhole || jobs.length}`;
  const list = useLiveList(fitting, ({ job }) => job, { asked });

  const set = (changed: URLSearchParams) => go(routePath('jobs', changed), 'replace');
  const setOne = (name: string, value: string) => {
    const changed = new URLSearchParams(parameters);
    if (value === '') changed.delete(name);
    else changed.set(name, value);
    set(changed);
  };
  const onToggle = (name: Field, value: string) => set(toggled(parameters, name, value));
  const isFiltered = filtersSet(filter).length > 0;
  useKeys({
    f: () => field.current?.select(),
    Escape: () => {
      if (isFiltered) set(cleared(parameters));
      else goBack();
    },
  });

  return html`<div class="jobs">
    <h1 class="said">Jobs</h1>
    <details class="filters" open=${isWide}><summary>Filters</summary>
      <${FilterColumn} jobs=${jobs} filter=${filter} onToggle=${onToggle} />
    </details>
    <div class="jobs-list">
      <div class="filter-bar">
        <label class="find">
          <${Magnifier} /><span class="said">Filter by name, user or id</span>
          <input ref=${field} type="search" placeholder="Filter by name or id" spellcheck=${false} autocomplete="off"
            value=${parameters.get('text') ?? ''}
            onInput=${(event: InputEvent) => setOne('text', (event.target as HTMLInputElement).value)} />
          <kbd aria-hidden="true">f</kbd>
        </label>
        ${FIELDS.filter((name) => filter.fields[name].length > 0).map(
          (name) =>
            html`<${Chip} key=${name} name=${name} value=${filter.fields[name].join(', ')} onRemove=${() => setOne(name, '')} />`,
        )}
        ${filter.hasFailed && html`<${Chip} name="failed tasks" value="some" onRemove=${() => setOne('failed', '')} />`}
        ${filter.worker !== '' && html`<${Chip} name="failed on" value=${filter.worker} onRemove=${() => setOne('worker', '')} />`}
        <${SpanChoice} filter=${filter} now=${now} onChoice=${(since: string) => {
          const changed = new URLSearchParams(parameters);
          changed.delete('until');
          changed.set('since', since);
          set(changed);
        }} />
        ${isFiltered && html`<button type="button" class="plain quiet" onClick=${() => set(cleared(parameters))}>Clear</button>`}
        <span class="rest"></span>
        ${
          list.waiting > 0 &&
          html`<button type="button" class="waiting" onClick=${list.show}><${Arrow} to="up" /> ${list.waiting} new <kbd aria-hidden="true">.</kbd></button>`
        }
        <span role="status" class="count"><b>${count(fitting.length)}</b> of ${counted(jobs.length, 'job')}${!isWhole && ' so far'}</span>
        <${AllFramesCopy} jobs=${fitting} />
        <${CopyButton} text=${() => location.href} label="Copy link" hotkey="y" />
      </div>
      ${filter.unknown.length > 0 && html`<p class="note">${unknownParameters(filter.unknown)}</p>`}
      <${JobsTable}
        list=${list}
        asked=${`${search} ${span}`}
        sort=${sort}
        seen=${seen}
        today=${new Date(now).setHours(0, 0, 0, 0)}
        onSort=${(column: (typeof JOB_COLUMNS)[number]) => setOne('sort', pressedSort(sort, column))}
        onField=${onToggle}
      />
      ${list.rows.length === 0 && (isWhole ? html`<${NoneFits} jobs=${jobs} filter=${filter} parameters=${parameters} />` : html`<p class="good"><span>No job fits so far. Older jobs are being read.</span></p>`)}
      <footer class="list-foot">
        <span class="copied elided">${location.host}${routePath('jobs', parameters)}</span>
        <span class="rest"></span>
        <span class="hints" aria-hidden="true">
          <kbd>j</kbd> <kbd>k</kbd> down, up <kbd>Enter</kbd> open <kbd>y</kbd> copy link
        </span>
      </footer>
    </div>
  </div>`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Since when jobs are listed, to the minute: the span goes on while the page is open. */
function beginOf({ since }: JobFilterState, now: number): number {
  if (since === 'all') return 0;
  return 'ms' in since ? since.ms : Math.floor((now - since.hours * HOUR) / MINUTE) * MINUTE;
}

/** A filter that is set, with what removes it. */
function Chip({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return html`<span class="chip">
    <span class="quiet">${name}</span> <span class="elided" title=${value}>${value}</span>
    <button type="button" aria-label="Remove the filter ${name}" onClick=${onRemove}>×</button>
  </span>`;
}

/** Says which filter to take away, with how many jobs there would be. */
function NoneFits({
  jobs,
  filter,
  parameters,
}: {
  jobs: readonly StoppedJob[];
  filter: JobFilterState;
  parameters: URLSearchParams;
}) {
  const without = filtersSet(filter)
    .map((name) => ({ name, number: jobs.filter((job) => fits(job, filter, name)).length }))
    .filter(({ number }) => number > 0);
  const path = (name: string) => {
    const rest = new URLSearchParams(parameters);
    rest.delete(name);
    return routePath('jobs', rest);
  };
  if (jobs.length === 0) return html`<p class="good"><span>No job stopped in this time.</span></p>`;
  return html`<p class="good"><span>No job fits.${without.map(
    ({ name, number }) =>
      html` Without <i>${name}</i> there ${number === 1 ? 'is' : 'are'} <a class="underlined" href=${path(name)}>${count(number)}</a>.`,
  )}${without.length === 0 && html` <a class="underlined" href=${routePath('jobs', cleared(parameters))}>Clear the filters.</a>`}</span></p>`;
}

/** Parameters of the URL that have no meaning here, as a sentence. */
export function unknownParameters(names: readonly string[]): string {
  const list = names.map((name) => `“${name}”`).join(', ');
  return `This page cannot use ${names.length === 1 ? 'the parameter' : 'the parameters'} ${list} of its URL.`;
}
