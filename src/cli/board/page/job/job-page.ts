import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Transition } from '../../../../shared/history-entry.ts';
import type { JobState } from '../../state/farm-state.ts';
import { useKeys } from '../keys.ts';
import { go, goBack } from '../navigation.ts';
import { count, counted } from '../page-format.ts';
import { hoursBack, readRoute } from '../route.ts';
import { Mark } from '../status-marks.ts';
import { FailedByWorker } from './failed-by-worker.ts';
import { FailedFrames } from './failed-frames.ts';
import { FailedTasks } from './failed-task-table.ts';
import { concentration, failingWorkers } from './failing-workers.ts';
import { groupBy } from './group-by.ts';
import { medianRan } from './job-facts.ts';
import { JobHead } from './job-head.ts';
import { RenderingTasks } from './rendering-tasks.ts';
import { cellLayout, cellStatus, firstFrames, nextFailed, taskCells } from './task-cells.ts';
import { TaskLight } from './task-light.ts';
import { TaskSection } from './task-section.ts';
import { timelineRows } from './timeline-rows.ts';
import { newestFirst, rowsOfTasks, transitionRow } from './transition-rows.ts';
import { TransitionSection } from './transition-section.ts';
import { taskTries } from './tries-of-tasks.ts';
import { timelineTitle, WorkerTimeline } from './worker-timeline.ts';

export interface JobPageProps {
  readonly state: JobState;
  /** What came by the feed since `state` was first asked for, newest first. */
  readonly arrived: readonly Transition[];
  /** The selected task: `#task=13`. */
  readonly task: string | undefined;
  /** The server's time now, once a second; it stands still when the board is cut off. */
  readonly now: number;
}

/** The most transitions that the server gives at once. */
const MOST_TRANSITIONS = 1_000;

/** The page of a job. */
export function JobPage({ state, arrived, task, now }: JobPageProps) {
  const { job, tasks, status } = state;
  const historyOn = status.history !== 'off';
  const page = useRef<HTMLDivElement>(null);
  const [light] = useState(() => new TaskLight());
  useEffect(() => (page.current ? light.follow(page.current) : undefined), [light]);
  useLayoutEffect(() => light.renew());

  const cells = useMemo(() => taskCells(tasks, job.tasks), [state]);
  const firstFrame = useMemo(() => firstFrames(cells), [cells]);
  const transitions = useMemo(() => newestFirst(state.transitions, arrived), [state, arrived]);
  const tries = useMemo(() => taskTries(tasks, transitions), [tasks, transitions]);
  const byTask = useMemo(() => groupBy(tries, (each) => each.task), [tries]);
  const workers = useMemo(() => timelineRows(tries), [tries]);
  const failed = useMemo(
    () => tasks.filter((each) => cellStatus(each.status) === 'failed'),
    [tasks],
  );
  const log = useMemo(
    () =>
      transitions.length === 0 && !historyOn
        ? rowsOfTasks(tasks)
        : transitions.map((each) => transitionRow(each, byTask.get(each.task ?? '') ?? [])),
    [transitions, byTask],
  );
  const median = useMemo(() => medianRan(tasks), [tasks]);
  const rendering = useMemo(
    () =>
      tasks
        .filter((each) => cellStatus(each.status) === 'rendering')
        .sort((a, b) => (a.started ?? Infinity) - (b.started ?? Infinity)),
    [tasks],
  );
  const failing = useMemo(() => failingWorkers(tasks, state.requeuesByWorker), [state]);
  const hours = hoursBack(job.started ?? job.stopped, now);

  const selected = numberOf(task);
  // Keys may come faster than pages are drawn: the URL knows which task is selected.
  const selectedNow = () => numberOf(readRoute(new URL(location.href)).task);
  const selectFailed = (step: 1 | -1) => {
    const next = nextFailed(cells.failed, selectedNow(), step);
    if (next !== undefined) select(next);
  };
  const selectBeside = (step: 1 | -1) => {
    const from = selectedNow();
    const next = from === null ? 0 : from + step;
    if (next >= 0 && next < cells.statuses.length) select(next);
  };
  useKeys({
    n: () => selectFailed(1),
    p: () => selectFailed(-1),
    ArrowLeft: () => selectBeside(-1),
    ArrowRight: () => selectBeside(1),
    Escape: () => (location.hash === '' ? goBack() : select()),
  });

  const isLarge = cellLayout(cells.statuses.length) === 'stages';
  const all = useMemo(() => new Set(tasks.map(({ worker }) => worker)).size, [tasks]);
  // Not drawn anew with each second.
  const strip = useMemo(
    () => html`<${TaskSection}
      state=${state}
      cells=${cells}
      selected=${selected}
      light=${light}
      firstFrame=${firstFrame}
      onSelect=${select}
    />`,
    [state, selected],
  );
  const table = useMemo(
    () =>
      failed.length > 0 &&
      html`<${FailedTasks}
        tasks=${failed}
        tries=${byTask}
        selected=${task}
        historyOn=${historyOn}
        hours=${hours}
        onSelect=${select}
      />`,
    [failed, byTask, task, historyOn, hours],
  );
  const transitionSection = useMemo(
    () => html`<${TransitionSection}
      rows=${log}
      title="Transitions"
      quiet=${logTitle(log.length, historyOn)}
      selected=${task}
      onSelect=${select}
    />`,
    [log, historyOn, task],
  );
  return html`<div ref=${page} class="job-page">
    <${JobHead} state=${state} cells=${cells} rendering=${rendering} median=${median} now=${now} />
    ${strip}
    <div class="job-columns">
      <div>
        ${
          !isLarge &&
          html`<section aria-labelledby="timeline-title">
            <div class="section-head">
              <h2 id="timeline-title">Workers</h2>
              <span class="quiet">${timelineTitle(workers, historyOn)}</span>
              <span class="last timeline-key" aria-hidden="true">
                <span>× failed</span>
                ${historyOn && html`<span><${Mark} status="requeued" /> requeued</span>`}
                <span>number: task</span>
              </span>
            </div>
            ${!historyOn && html`<p class="note">${HISTORY_OFF}</p>`}
            ${status.history === 'problems' && html`<p class="note">${PROBLEMS_ONLY}</p>`}
            <${WorkerTimeline} rows=${workers} now=${now} historyOn=${historyOn} hours=${hours} onSelect=${select} />
          </section>`
        }
        ${
          failed.length > 0 &&
          html`<section aria-labelledby="failed-title">
            <div class="section-head">
              <h2 id="failed-title">Failed frames</h2>
              <span class="quiet">
                ${state.failedFrameCount !== null && `${counted(state.failedFrameCount, 'frame')}, `}${counted(failed.length, 'task')}
              </span>
              <span class="last keys" aria-hidden="true"><kbd>c</kbd> copies</span>
            </div>
            ${
              state.failedFrames !== '' &&
              html`<${FailedFrames} frames=${state.failedFrames} count=${state.failedFrameCount} />`
            }
          </section>`
        }
        ${
          isLarge &&
          failing.length > 0 &&
          html`<section aria-labelledby="by-worker-title">
            <div class="section-head">
              <h2 id="by-worker-title">Failed by worker</h2>
              <span class="quiet">${concentration(failing, all)}</span>
            </div>
            <${FailedByWorker} failing=${failing} hours=${hours} />
          </section>`
        }
        ${table}
        <${RenderingTasks} rendering=${rendering} median=${median} now=${now} hours=${hours} selected=${task} onSelect=${select} />
      </div>
      ${transitionSection}
    </div>
  </div>`;
}

/** Selects a task, or none: the URL says so. */
function select(id?: string | number): void {
  const hash = id === undefined ? '' : `#${new URLSearchParams({ task: String(id) })}`;
  go(`${location.pathname}${location.search}${hash}`, 'replace');
}

/** The task with a place in the strip; null for none. */
function numberOf(task: string | undefined): number | null {
  return task !== undefined && /^\d{1,7}$/.test(task) ? Number(task) : null;
}

const HISTORY_OFF = html`Earlier tries and requeues are not shown: the stack keeps only the newest
  notification of each task. To keep them, deploy with <code>history: all</code>; they count from
  then on.`;

const PROBLEMS_ONLY = html`Of earlier tries, only their ends are known: the history has problems only.
  To keep starts as well, deploy with <code>history: all</code>.`;

function logTitle(length: number, historyOn: boolean): string {
  if (!historyOn) return 'the newest of each task';
  return length >= MOST_TRANSITIONS ? `the newest ${count(length)}` : count(length);
}
