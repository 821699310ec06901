import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { BoardStatus } from '../state/farm-state.ts';
import { CopyButton } from './copy-button.ts';
import { clockSeconds, durationInWords } from './page-format.ts';
import { useServerClock } from './server-clock.ts';

const SERVER_ENDED = 'The board was stopped. Start it again; this page goes on by itself.';
const SERVER_COMMAND = 'deadline-notifications board';

/** A text whose parts in backquotes are commands: each as code. */
export function withCommands(text: string): (string | VNode)[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}

/** Whether the board was cut off from AWS before it read anything: then it cannot say that there is nothing. */
export function isUnread({ lamp, newest }: BoardStatus): boolean {
  return lamp === 'cut off' && newest === null;
}

/**
 * Says what is wrong and what to do, in place of the summary: the board is cut off from AWS, or its server ended.
 * Nothing if all is well, or only late, as the status line says that.
 */
export function Weather({
  status,
  isServerGone,
  refusal,
  isShown,
  gotAt,
  onTryNow,
}: {
  status: BoardStatus | undefined;
  isServerGone: boolean;
  /** Why the server gives no good answer; empty if it gives none at all. */
  refusal: string;
  /** Whether the page shows what was read before. */
  isShown: boolean;
  /** When the server answered, as `performance.now()` has it. */
  gotAt: number;
  onTryNow: () => void;
}) {
  const isCutOff = status?.lamp === 'cut off';
  const isEnded = isServerGone && refusal === '';
  const reason = isEnded ? SERVER_ENDED : isServerGone ? refusal : isCutOff ? status.reason : '';
  const command = isEnded ? SERVER_COMMAND : isCutOff && !isServerGone ? status.command : null;
  // The time to the next try goes on, while the board's own stands still.
  const now = useServerClock(status?.now ?? 0, gotAt, reason === '');
  const [first = '', ...rest] = reason.split(/(?<=\.)\s+/);
  const nextTry = isServerGone ? null : (status?.nextTry ?? null);
  return html`<div role="alert" class=${reason === '' ? '' : 'weather'}>
    ${
      reason !== '' &&
      html`<div>
          <p><b>${withCommands(first)}</b></p>
          <p>${withCommands(rest.join(' '))}${rest.length > 0 && ' '}${
            isShown &&
            status !== undefined &&
            (isUnread(status)
              ? 'Nothing was read yet.'
              : `What you see is from ${clockSeconds(isServerGone ? status.now : status.since)}.`)
          }${
            nextTry !== null &&
            html` <span aria-live="off">Next try in ${durationInWords(nextTry - now)}.</span>`
          }</p>
          ${command !== null && html`<p><code>${command}</code></p>`}
        </div>
        ${command !== null && html`<${CopyButton} text=${command} label="Copy" />`}
        ${isServerGone && html`<button type="button" class="button" onClick=${onTryNow}>Try now</button>`}`
    }
  </div>`;
}
