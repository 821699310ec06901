import { html } from 'htm/preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type {
  BoardStatus,
  FarmState,
  JobState,
  JobsState,
  WorkersState,
} from '../state/farm-state.ts';
import { Announcement } from './announcement.ts';
import { ask } from './api.ts';
import { useAsked } from './asking.ts';
import { lampOf, StatusLine } from './board-status-line.ts';
import { copyText } from './copy-button.ts';
import { JobPage } from './job/job-page.ts';
import { readJobFilter } from './jobs/job-filter-state.ts';
import { JobsPage, unknownParameters } from './jobs/jobs-page.ts';
import { KeySheet } from './key-sheet.ts';
import { focusRow, useKeys } from './keys.ts';
import { useSeen } from './last-visit.ts';
import { go, goBack, usePlace, useRoute } from './navigation.ts';
import { NoSuchJob, NoSuchPage } from './not-there.ts';
import { OverviewPage } from './overview/overview-page.ts';
import { age, whenWhole } from './page-format.ts';
import { questionOf, readHours } from './page-question.ts';
import { type PageName, routePath } from './route.ts';
import { useServerClock } from './server-clock.ts';
import { readGrouping } from './statistics/group-text.ts';
import type { ParsedStatistics } from './statistics/parsed-statistics.ts';
import { StatisticsPage } from './statistics/statistics-page.ts';
import { LAMP_WORDS, Lamp } from './status-marks.ts';
import { useTheme } from './theme.ts';
import { Brand, Magnifier, Pages, TopBar } from './top-bar.ts';
import { isUnread, Weather, withCommands } from './weather.ts';
import { WorkersPage } from './workers/workers-page.ts';

type Answer = { readonly status: BoardStatus } & (
  | FarmState
  | JobsState
  | JobState
  | WorkersState
  | ParsedStatistics
);

/** A job of very many tasks is a long answer: its feed tells what changed. */
const PACE_OF_JOB = { visible: 15_000, hidden: 60_000 };
const PACE_OF_LISTS = { visible: 5000, hidden: 60_000 };

const TITLES: Readonly<Record<PageName, string>> = {
  overview: 'Overview',
  jobs: 'Jobs',
  job: 'Job',
  workers: 'Workers',
  statistics: 'Statistics',
};

/** Parameters that the pages other than that of jobs know. */
const KNOWN: Readonly<Record<Exclude<PageName, 'jobs'>, readonly string[]>> = {
  overview: ['hours'],
  job: ['id'],
  workers: ['hours', 'text'],
  statistics: ['hours', 'by', 'sort'],
};

/** The whole board: what is around its pages, and the page that the URL names. */
export function BoardPage() {
  const route = useRoute();
  const { page, parameters, task } = route;
  const search = parameters.toString();
  const question = useMemo(() => questionOf(route, Date.now()), [page, search]);
  const pace = page === 'job' ? PACE_OF_JOB : PACE_OF_LISTS;
  const asked = useAsked<Answer>(question.path, { job: question.job, pace });
  const { answer, isServerGone, isMissing, refusal, arrived, gotAt } = asked;

  // The line at the top keeps what was last known while another page is read.
  const [known, setKnown] = useState<{ status: BoardStatus; gotAt: number }>();
  useEffect(() => {
    if (answer !== undefined) setKnown({ status: answer.status, gotAt });
  }, [answer]);
  // Of a job that is not there, the server tells nothing, not even whether it is live.
  useEffect(() => {
    if (!isMissing) return;
    ask<FarmState>('/api/farm').then(
      (farm) => setKnown({ status: farm.status, gotAt: performance.now() }),
      () => undefined,
    );
  }, [isMissing, gotAt]);
  const status = answer?.status ?? known?.status;
  const isCutOff = isServerGone || status?.lamp === 'cut off';
  const now = useServerClock(
    status?.now ?? Date.now(),
    (answer === undefined ? known?.gotAt : gotAt) ?? performance.now(),
    isCutOff,
  );
  const standing = { status, isServerGone, now };
  const lamp = lampOf(standing);

  const seen = useSeen(newestOf(answer));
  const unseen = unseenOf(answer, seen);
  const name = page === 'job' ? jobName(answer) : '';
  const title = page === undefined || page === 'overview' ? '' : `${name || TITLES[page]} · `;
  useEffect(() => {
    document.title = `${unseen > 0 ? `(${unseen}) ` : ''}${title}Deadline Notifications`;
  }, [unseen, title]);

  // Another grouping comes at once: what chooses it stays in its place, with the focus.
  const statistics = useRef<Answer | undefined>(undefined);
  if (page !== 'statistics') statistics.current = undefined;
  else if (answer !== undefined) statistics.current = answer;
  const shown = answer ?? statistics.current;

  const main = useRef<HTMLElement>(null);
  usePlace(main, shown !== undefined || isMissing || page === undefined);

  const [theme, nextTheme] = useTheme();
  const [isSheetOpen, setSheetOpen] = useState(false);
  useKeys({
    'g o': () => go(routePath('overview')),
    'g j': () => go(routePath('jobs')),
    'g w': () => go(routePath('workers')),
    'g s': () => go(routePath('statistics')),
    j: () => focusRow(1),
    ArrowDown: () => focusRow(1),
    k: () => focusRow(-1),
    ArrowUp: () => focusRow(-1),
    y: () => pressButton('y') || void copyText(location.href, ''),
    c: () => pressRowButton() || pressButton('c'),
    t: nextTheme,
    '?': () => setSheetOpen(true),
    // The page of a job has its own: it clears the selected task first.
    ...((page === 'workers' || page === 'statistics' || isMissing) && { Escape: goBack }),
  });

  const draw = () => {
    if (page === undefined) return html`<${NoSuchPage} path=${location.pathname} />`;
    if (page === 'job' && (isMissing || question.job === undefined))
      return html`<${NoSuchJob} id=${question.job ?? ''} />`;
    if (shown === undefined) return isServerGone ? null : html`<${Reading} />`;
    if (isUnread(shown.status)) return null;
    const shared = { now, seen, parameters };
    switch (page) {
      case 'jobs':
        return html`<${JobsPage} ...${shared} first=${shown} span=${question.path} filter=${readJobFilter(parameters)} />`;
      case 'job':
        return html`<${JobPage} state=${shown} arrived=${arrived} task=${task} now=${now} />`;
      case 'workers':
        return html`<${WorkersPage} ...${shared} state=${shown} />`;
      case 'statistics':
        return html`<${StatisticsPage} ...${shared} state=${shown} path=${question.path} onAsk=${asked.askAgain} />`;
      default:
        return html`<${OverviewPage} ...${shared} farm=${shown} hours=${readHours(parameters)} isCutOff=${isCutOff} />`;
    }
  };
  const unknown = page === undefined || page === 'jobs' ? [] : unknownOf(page, parameters);

  return html`<div class="board" data-page=${page}>
    <header class="bars">
      <${TopBar} page=${page} text=${page === 'jobs' ? (parameters.get('text') ?? '') : ''} theme=${theme} onTheme=${nextTheme} onKeys=${() => setSheetOpen(true)} />
      <div class="phone-bar">
        <a href="/" aria-label="Overview"><${Brand} /></a>
        <b>${page === undefined ? '' : TITLES[page]}</b><span class="rest"></span>
        <${Lamp} lamp=${lamp} /><b>${LAMP_WORDS[lamp]}</b>
        ${status !== undefined && status.newest !== null && html`<span class="quiet">${age(status.newest, now)} ago</span>`}
        <a class="icon" href=${routePath('jobs', { since: 'all' })} aria-label="Find a job"><${Magnifier} /></a>
      </div>
      <${StatusLine} ...${standing} />
    </header>
    <${Weather} status=${status} isServerGone=${isServerGone} refusal=${refusal} isShown=${answer !== undefined} gotAt=${known?.gotAt ?? gotAt} onTryNow=${asked.askAgain} />
    <main ref=${main} tabindex="-1" aria-label=${page === undefined ? 'No such page' : TITLES[page]}>
      ${(status?.notes ?? []).map((note) => html`<p class="note" key=${note}>${withCommands(note)}</p>`)}
      ${unknown.length > 0 && html`<p class="note">${unknownParameters(unknown)}</p>`}
      ${draw()}
    </main>
    <${Pages} page=${page} name="tabs" />
    <${Announcement} arrived=${arrived} />
    <${KeySheet} isOpen=${isSheetOpen} onClose=${() => setSheetOpen(false)} />
    <footer class="printed">${location.href} · ${whenWhole(now)}</footer>
  </div>`;
}

function jobName(answer: Answer | undefined): string {
  return answer !== undefined && 'job' in answer ? (answer.job.name ?? '') : '';
}

/** The parameters of a URL that its page does not know, or cannot read. */
function unknownOf(page: Exclude<PageName, 'jobs'>, parameters: URLSearchParams): string[] {
  const names = new Set(parameters.keys());
  const isRead = (name: string, read: unknown) =>
    !parameters.has(name) || parameters.get(name) === String(read);
  return [...names].filter(
    (name) =>
      !KNOWN[page].includes(name) ||
      (name === 'hours' && !isRead(name, readHours(parameters))) ||
      (name === 'by' && !isRead(name, readGrouping(parameters))),
  );
}

/** Presses the button that copies the frames of the row with the focus; @returns whether there is one. */
function pressRowButton(): boolean {
  const row = document.activeElement?.closest('[data-row], tr');
  const button = row?.querySelector<HTMLElement>('.row-copy');
  button?.click();
  return button != null;
}

/** Presses the button of a key; @returns whether there is one. */
function pressButton(key: string): boolean {
  const button = document.querySelector<HTMLElement>(`[data-key="${key}"]`);
  button?.click();
  return button !== null;
}

/** Rows in their final heights, still, while a page is first read; only after 300 ms. */
function Reading() {
  return html`<div class="reading" role="status"><span class="said">Reading</span>
    ${Array.from({ length: 6 }, () => html`<div><i></i><i></i><i></i></div>`)}
  </div>`;
}

/** The times of the rows of a page that may be new to the reader. */
function timesOf(answer: Answer | undefined): number[] {
  if (answer === undefined) return [];
  if ('failedJobs' in answer) {
    const times = new Map<string, number>();
    for (const { job, stopped } of answer.stopped) times.set(job, stopped ?? 0);
    for (const { job, lastFailed, stopped } of [...answer.failedJobs, ...answer.wentOn]) {
      times.set(job, Math.max(times.get(job) ?? 0, lastFailed ?? stopped ?? 0));
    }
    return [...times.values()];
  }
  return 'jobs' in answer ? answer.jobs.map(({ stopped }) => stopped ?? 0) : [];
}

function newestOf(answer: Answer | undefined): number | null {
  const times = timesOf(answer);
  return times.length === 0 ? null : times.reduce((most, time) => Math.max(most, time));
}

function unseenOf(answer: Answer | undefined, seen: number): number {
  return timesOf(answer).filter((time) => time > seen).length;
}
