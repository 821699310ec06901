import { html } from 'htm/preact';
import { briefFrames, countFrames } from '../../../../shared/frames.ts';
import type { TaskState } from '../../state/farm-state.ts';
import { RowCopy } from '../copy-button.ts';
import { useFirstRows } from '../first-rows.ts';
import { clockSeconds, count, duration, UNKNOWN, whenWhole } from '../page-format.ts';
import { WorkerLink } from '../worker-link.ts';
import type { TaskTry } from './tries-of-tasks.ts';

/** Rows that are shown at first. */
const FIRST = 50;

/** The failed tasks, with where they were tried before. */
export function FailedTasks(props: {
  readonly tasks: readonly TaskState[];
  readonly tries: ReadonlyMap<number | string, readonly TaskTry[]>;
  readonly selected: string | undefined;
  readonly historyOn: boolean;
  /** How far back links to workers go. */
  readonly hours: number;
  onSelect(task: string): void;
}) {
  const { tasks, tries, selected, historyOn, hours, onSelect } = props;
  const { shown, more, showAll } = useFirstRows(tasks, FIRST);
  return html`<table class="failed-tasks">
      <caption class="said">Failed tasks</caption>
      <thead>
        <tr>
          <th class="number" scope="col">task</th>
          <th scope="col">frames</th>
          <th scope="col">worker</th>
          ${historyOn && html`<th class="before" scope="col">tried before on</th>`}
          ${historyOn && html`<th class="number" scope="col">tries</th>`}
          <th class="number errors" scope="col">errors</th>
          <th class="number ran" scope="col">last try</th>
          <th class="number" scope="col">failed</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map((row) => {
          const task = String(row.task);
          const before = triedBefore(row, tries.get(row.task) ?? []);
          return html`<tr
            key=${task}
            data-task=${task}
            aria-selected=${task === selected ? 'true' : undefined}
            onClick=${() => onSelect(task)}
          >
            <td class="number">
              <button type="button" class="plain" aria-label=${`Select task ${task}`}>${task}</button>
            </td>
            <td class="frames">
              <span class="copied elided" title=${row.frames}>${briefFrames(row.frames ?? undefined) ?? UNKNOWN}</span>
              ${row.frames && html`<${RowCopy} frames=${row.frames} count=${countFrames(row.frames) ?? null} />`}
            </td>
            <td class="elided"><${WorkerLink} worker=${row.worker} hours=${hours} /></td>
            ${historyOn && html`<td class="before elided quiet" title=${before}>${before}</td>`}
            ${historyOn && html`<td class="number">${row.requeues === null ? UNKNOWN : count(row.requeues + 1)}</td>`}
            <td class="number errors">${count(row.errors)}</td>
            <td class="number ran quiet">${duration(row.ran)}</td>
            <td class="number" title=${whenWhole(row.stopped)}>${clockSeconds(row.stopped)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
    ${
      more > 0 &&
      html`<button type="button" class="show-more" onClick=${showAll}>
        ${count(more)} more
      </button>`
    }`;
}

/** The workers of the tries before the last one, without repeats; some may be older than what the history gave. */
export function triedBefore({ requeues }: TaskState, tries: readonly TaskTry[]): string {
  if (requeues === null) return UNKNOWN;
  if (requeues === 0) return 'none';
  const before = tries.slice(0, -1);
  const workers = [...new Set(before.map(({ worker }) => worker ?? UNKNOWN))];
  const missing = requeues - before.length;
  return [...workers, ...(missing > 0 ? [`${missing} not shown`] : [])].join(', ');
}
