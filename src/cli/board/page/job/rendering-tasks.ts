import { html } from 'htm/preact';
import type { TaskState } from '../../state/farm-state.ts';
import { useFirstRows } from '../first-rows.ts';
import { clockSeconds, count, counted, duration, ratio, UNKNOWN } from '../page-format.ts';
import { WorkerLink } from '../worker-link.ts';

/** Rows that are shown at first. */
const FIRST = 12;
/** From this many times the median on, a task is long. */
const LONG = 1.5;

/** The tasks that render, the longest first, each against the median of those that completed. */
export function RenderingTasks(props: {
  /** The longest first. */
  readonly rendering: readonly TaskState[];
  /** How long the completed ones took, in ms. */
  readonly median: number | null;
  readonly now: number;
  /** How far back links to workers go. */
  readonly hours: number;
  readonly selected: string | undefined;
  onSelect(task: string): void;
}) {
  const { rendering, median, now, hours, selected, onSelect } = props;
  const { shown, more, showAll } = useFirstRows(rendering, FIRST);
  if (rendering.length === 0) return null;
  const elapsed = ({ started }: TaskState) =>
    started === null ? null : Math.max(0, now - started);
  const most = Math.max(...rendering.slice(0, 1).map((each) => elapsed(each) ?? 0), median ?? 0, 1);
  return html`<section aria-labelledby="rendering-title">
    <div class="section-head">
      <h2 id="rendering-title">Rendering</h2>
      <span class="quiet">${counted(rendering.length, 'task')}, longest first</span>
      <span class="last quiet">
        ${median !== null && html`<span class="median-key" aria-hidden="true"></span>median ${duration(median)}`}
      </span>
    </div>
    <ul class="rendering-tasks">
      ${shown.map((each) => {
        const time = elapsed(each);
        const task = String(each.task);
        const isLong = time !== null && median !== null && time >= LONG * median;
        return html`<li
          key=${task}
          class="task-line"
          data-row
          data-task=${task}
          aria-current=${task === selected ? 'true' : undefined}
          title=${`since ${clockSeconds(each.started)}`}
        >
          <${WorkerLink} worker=${each.worker} hours=${hours} name="over-row" />
          <button type="button" class="plain row-link number" aria-label=${`Select task ${task}`} onClick=${() => onSelect(task)}>${task}</button>
          <span class="share-bar rendering" aria-hidden="true">
            <i style=${{ width: `${(100 * (time ?? 0)) / most}%` }}></i>
            ${median !== null && html`<b style=${{ left: `${(100 * median) / most}%` }}></b>`}
          </span>
          <span class="number">${duration(time)}</span>
          <span class=${isLong ? 'number long' : 'number quiet'}>
            ${time === null || median === null || median === 0 ? UNKNOWN : ratio(time, median)}
          </span>
        </li>`;
      })}
    </ul>
    ${
      more > 0 &&
      html`<button type="button" class="show-more" onClick=${showAll}>
        ${count(more)} more
      </button>`
    }
  </section>`;
}
