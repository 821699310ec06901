import { html } from 'htm/preact';
import { Component } from 'preact';
import { Changed } from '../changed-value.ts';
import { RowCopy } from '../copy-button.ts';
import { FailureStrip } from '../failure-strip.ts';
import { Failed, JobLink, rowName } from '../overview/failed-section.ts';
import { clock, count, counted, day, duration, UNKNOWN, whenWhole } from '../page-format.ts';
import { Mark, statusOf } from '../status-marks.ts';
import type { Field, ListedJob } from './job-filter-state.ts';

export interface JobRowProps {
  readonly job: ListedJob;
  readonly isGone: boolean;
  readonly seen: number;
  /** The beginning of today; of a job that stopped before, the day is shown. */
  readonly today: number;
  readonly onField: (field: Field, value: string) => void;
}

/** A row of the list of jobs. It is drawn anew only if something of it changed, as there may be thousands. */
export class JobRow extends Component<JobRowProps> {
  override shouldComponentUpdate(next: JobRowProps): boolean {
    const { job, isGone, seen, today } = this.props;
    return (
      next.isGone !== isGone ||
      next.seen !== seen ||
      next.today !== today ||
      (next.job !== job && JSON.stringify(next.job) !== JSON.stringify(job))
    );
  }

  render() {
    const { job, isGone, seen, today } = this.props;
    const status = statusOf(job.status);
    // Those of now, not of when it was drawn: they know the filters that are set.
    const onField = (name: Field, value: string) => this.props.onField(name, value);
    const field = (name: Field) => {
      const value = job[name];
      if (value === null || value === '') return UNKNOWN;
      return html`<button type="button" class="plain elided" title="Only ${value}" onClick=${() => onField(name, value)}>${value}</button>`;
    };
    return html`<div role="row" data-row class=${rowName(`job-row ${status}`, job.stopped, seen, isGone)}>
      <span role="cell" class="status ${status}"><${Mark} status=${status} /><${Changed} value=${job.status}>${job.status ?? UNKNOWN}<//></span>
      <span role="cell" class="name elided"><${JobLink} ...${job} /></span>
      <span role="cell" class="user">${field('user')}</span>
      <span role="cell" class="plugin">${field('plugin')}</span>
      <span role="cell" class="department">${field('department')}</span>
      <span role="cell" class="pool">${field('pool')}</span>
      <span role="cell" class="tasks">${tasksOf(job)}</span>
      <span role="cell" class="where">${
        'failedTasks' in job &&
        html`<${FailureStrip} failed=${job.failedTasks} tasks=${job.tasks} width=${118} />
          ${job.frames !== '' && html`<${RowCopy} frames=${job.frames} count=${job.frameCount} />`}`
      }</span>
      <span role="cell" class=${(job.errors ?? 0) > 0 ? 'errors number' : 'errors number quiet'}>${count(job.errors)}</span>
      <span role="cell" class="ran number">${duration(job.ran)}</span>
      <time role="cell" class="stopped number" title=${whenWhole(job.stopped)}>${
        job.stopped !== null && job.stopped < today
          ? html`<span class="day quiet">${day(job.stopped, today)}</span> `
          : ''
      }<${Changed} value=${job.stopped}>${clock(job.stopped)}<//></time>
    </div>`;
  }
}

function tasksOf(job: ListedJob) {
  if ((job.failed ?? 0) > 0) return html`<${Failed} job=${job} /> failed`;
  if (job.tasks === null) return UNKNOWN;
  return job.status === 'Completed' ? `${count(job.tasks)} done` : counted(job.tasks, 'task');
}
