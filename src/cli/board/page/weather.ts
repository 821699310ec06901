import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { BoardStatus } from '../state/farm-state.ts';
import { CopyButton } from './copy-button.ts';
import { durationInWords } from './page-format.ts';
import { useServerClock } from './server-clock.ts';

const SERVER_ENDED =
  'The board was stopped. Start it again with `deadline-notifications board`; this page goes on by itself.';

/** A text whose parts in backquotes are commands: each as code. */
export function withCommands(text: string): (string | VNode)[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}

/**
 * Says what is wrong and what to do, in place of the summary: the board is cut off from AWS, or its server ended.
 * Nothing if all is well, or only late, as the status line says that.
 */
export function Weather({
  status,
  isServerGone,
  gotAt,
  onTryNow,
}: {
  status: BoardStatus | undefined;
  isServerGone: boolean;
  /** When the server answered, as `performance.now()` has it. */
  gotAt: number;
  onTryNow: () => void;
}) {
  const isCutOff = status?.lamp === 'cut off';
  const reason = isServerGone ? SERVER_ENDED : isCutOff ? status.reason : '';
  // The time to the next try goes on, while the board's own stands still.
  const now = useServerClock(status?.now ?? 0, gotAt, reason === '');
  const [, ...rest] = reason.split(/(?<=\.)\s/);
  const first = reason.slice(0, reason.length - rest.join(' ').length).trim();
  const command = reason.match(/`([^`]+)`/)?.[1];
  const next =
    isServerGone || !isCutOff || status.nextTry === null
      ? ''
      : ` Next try in ${durationInWords(status.nextTry - now)}.`;
  return html`<div role="alert" class=${reason === '' ? '' : 'weather'}>
    ${
      reason !== '' &&
      html`<div>
          <p><b>${withCommands(first)}</b></p>
          <p>${withCommands(rest.join(' '))}<span aria-live="off">${next}</span></p>
        </div>
        ${
          command === undefined
            ? html`<button type="button" class="button" onClick=${onTryNow}>Try now</button>`
            : html`<${CopyButton} text=${command} label="Copy the command" />`
        }`
    }
  </div>`;
}
