import { html } from 'htm/preact';
import type { BoardStatus } from '../state/farm-state.ts';
import { clockSeconds, count, durationInWords, when, zoneName } from './page-format.ts';
import { LAMP_WORDS, Lamp } from './status-marks.ts';

/** What the lamp and its line tell. */
export interface Standing {
  /** Undefined until the server answered. */
  readonly status: BoardStatus | undefined;
  readonly isServerGone: boolean;
  readonly now: number;
}

/** The lamp that stands for the server and AWS behind it. */
export function lampOf({ status, isServerGone }: Standing): BoardStatus['lamp'] {
  return isServerGone ? 'cut off' : (status?.lamp ?? 'connecting');
}

/** The line below the top bar: whether the board has what AWS has, from where, and at what cost. */
export function StatusLine(standing: Standing) {
  const { status } = standing;
  const lamp = lampOf(standing);
  return html`<div class="status-line" role="group" aria-label="Status of the board">
    <span class="state"><${Lamp} lamp=${lamp} /><b>${LAMP_WORDS[lamp]}</b></span>
    ${status !== undefined && facts(status, standing).map((fact) => html`<span>${fact}</span>`)}
    <span class="rest"></span>
    ${
      status !== undefined &&
      html`<span class="late-facts">
          ${[status.account, status.region].filter((each) => each !== null).join(' · ')} ·${' '}
          <b class="ink">${status.stack}</b>
        </span>
        <span class="late-facts">${status.history === 'off' ? 'history off' : status.history === 'all' ? 'history on' : 'history of problems'}</span>
        <span class="late-facts">reads about ${count(status.unitsPerHour)} units/h</span>`
    }
    <span class="late-facts">times in ${zoneName()}</span>
  </div>`;
}

function facts(status: BoardStatus, standing: Standing): string[] {
  const { isServerGone, now } = standing;
  const newest =
    status.newest === null
      ? 'no row yet'
      : `newest row ${clockSeconds(status.newest)}, ${durationInWords(now - status.newest)} ago`;
  switch (lampOf(standing)) {
    case 'cut off':
      return [`since ${clockSeconds(isServerGone ? status.now : status.since)}`];
    case 'late':
      return [`${clause(status.reason)}; looks every ${durationInWords(status.lookEvery)}`, newest];
    default:
      return [
        `since ${when(status.since, now)}`,
        newest,
        `looks every ${durationInWords(status.lookEvery)}`,
      ];
  }
}

/** As part of a line, without the period at its end. */
const clause = (text: string) => text.replace(/\.$/, '');
