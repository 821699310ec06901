import { html } from 'htm/preact';
import type { JobState, TaskState } from '../../state/farm-state.ts';
import { CopyButton, copiedFrames } from '../copy-button.ts';
import { clockSeconds, counted, durationInWords, shortId, when } from '../page-format.ts';
import { PAGE_PATHS } from '../route.ts';
import { Mark } from '../status-marks.ts';
import { jobChip, jobFacts } from './job-facts.ts';
import type { TaskCells } from './task-cells.ts';

/** What is known of a job, at the head of its page. */
export function JobHead({
  state,
  cells,
  rendering,
  median,
  now,
}: {
  readonly state: JobState;
  readonly cells: TaskCells;
  readonly rendering: readonly TaskState[];
  readonly median: number | null;
  readonly now: number;
}) {
  const { job, failedFrames, failedFrameCount } = state;
  const chip = jobChip(state, cells);
  return html`<header class="job-top">
    <nav aria-label="Where you are">
      <a href=${PAGE_PATHS.jobs}>Jobs</a>
      <span aria-hidden="true">›</span>
      <span class="copied">${job.job}</span>
      <${CopyButton} text=${job.job} label="Copy id" name="plain" />
    </nav>
    <div class="job-actions">
      <${CopyButton} text=${() => location.href} label="Copy link" copied="Copied the link" hotkey="y" />
      ${
        failedFrames !== '' &&
        html`<${CopyButton} text=${failedFrames} label="Copy frames" copied=${copiedFrames(failedFrameCount)} />`
      }
    </div>
    <div class="job-title">
      <h1 class=${!job.name ? 'copied' : ''} title=${job.name || job.job}>
        ${job.name || shortId(job.job)}
      </h1>
      <span class=${`status-chip ${chip.mark}`}><${Mark} status=${chip.mark} />${chip.word}</span>
      <p>${sentence(state, cells, rendering, now)}</p>
    </div>
    <dl class="facts">
      ${jobFacts(state, cells, median, now).map(
        ({ name, value, link, and, more, title, isCopied }) => html`<div key=${name}>
          <dt>${name}</dt>
          <dd class=${isCopied ? 'copied elided' : 'elided'} title=${title || `${value}${and ?? ''}`}>
            ${
              link === undefined
                ? html`<span class=${value === 'none' ? 'quiet' : ''}>${value}</span>`
                : html`<a href=${link}>${value}</a>`
            }${and}
            ${more && html` <span class="quiet">${more}</span>`}
          </dd>
        </div>`,
      )}
    </dl>
  </header>`;
}

function sentence(
  { job }: JobState,
  cells: TaskCells,
  rendering: readonly TaskState[],
  now: number,
): string {
  const workers = new Set(rendering.map(({ worker }) => worker)).size;
  const goesOn =
    rendering.length === 0
      ? 'no task renders now'
      : `${counted(rendering.length, 'task')} on ${counted(workers, 'worker')}`;
  if (!job.isNamed) {
    return cells.byId.size === 0 ? 'named when it stops' : `${goesOn}; named when it stops`;
  }
  if (job.goesOn) {
    return `${goesOn}; name and user are from its last stop at ${when(job.stopped, now)}`;
  }
  const said = job.reason === '' ? '' : `${job.reason.replace(/\.$/, '')} `;
  return job.stopped === null
    ? said
    : `${said}at ${clockSeconds(job.stopped)}, ${durationInWords(now - job.stopped)} ago`;
}
