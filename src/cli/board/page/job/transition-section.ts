import { html } from 'htm/preact';
import { useFirstRows } from '../first-rows.ts';
import { useLiveList } from '../live-list.ts';
import { clockSeconds, count, whenWhole } from '../page-format.ts';
import { Mark } from '../status-marks.ts';
import { useRovingFocus } from './roving-focus.ts';
import type { TransitionRow } from './transition-rows.ts';

/** Lines that are shown at first. */
const FIRST = 200;

/** Transitions, newest first. New ones wait while the reader is in the list: nothing moves under the pointer. */
export function TransitionSection(props: {
  readonly rows: readonly TransitionRow[];
  readonly title: string;
  readonly quiet: string;
  readonly selected: string | undefined;
  onSelect(task: string): void;
}) {
  const { rows, title, quiet, selected, onSelect } = props;
  const list = useLiveList(rows, ({ id }) => id);
  const { shown, more, showAll } = useFirstRows(list.rows, FIRST);
  useRovingFocus(list.ref);
  return html`<section class="log" aria-labelledby="log-title">
    <div class="section-head">
      <h2 id="log-title">${title}</h2>
      <span class="quiet">${quiet}</span>
      ${
        list.waiting > 0 &&
        html`<button type="button" class="waiting" onClick=${list.show}>
          ↑ ${count(list.waiting)} new <kbd aria-hidden="true">.</kbd>
        </button>`
      }
      <span class="quiet last">newest first</span>
    </div>
    <ul ref=${list.ref}>
      ${shown.map(({ row }) => line(row, selected, onSelect))}
    </ul>
    ${
      more > 0 &&
      html`<button type="button" class="show-more" onClick=${showAll}>${count(more)} more</button>`
    }
  </section>`;
}

function line(
  { id, time, task, mark, word, worker, frames, end }: TransitionRow,
  selected: string | undefined,
  onSelect: (task: string) => void,
) {
  const cells = html`<time title=${whenWhole(time)}>${clockSeconds(time)}</time>
    <${Mark} status=${mark} />
    <span class="word elided">${word}</span>
    <span class="number">${task !== null && html`<span class="said">task </span>${task}`}</span>
    <span class="elided" title=${`${worker} ${frames}`.trim()}>
      ${worker} <span class="copied quiet">${frames}</span>
    </span>
    <span class="number quiet">${end}</span>`;
  if (task === null) return html`<li key=${id} class="task-line job">${cells}</li>`;
  return html`<li key=${id} data-row data-rove-row>
    <button
      type="button"
      class="task-line"
      tabindex="-1"
      data-rove
      data-task=${task}
      aria-pressed=${task === selected ? 'true' : 'false'}
      onClick=${() => onSelect(task)}
    >
      ${cells}
    </button>
  </li>`;
}
