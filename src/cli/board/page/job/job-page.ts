import { html } from 'htm/preact';
import type { Transition } from '../../../../shared/history-entry.ts';
import type { JobState } from '../../state/farm-state.ts';

export interface JobPageProps {
  readonly state: JobState;
  /** What came by the feed since `state` was first asked for, newest first. */
  readonly arrived: readonly Transition[];
  /** The selected task: `#task=13`. */
  readonly task: string | undefined;
  /** The server's time now, once a second; it stands still when the board is cut off. */
  readonly now: number;
}

/** The page of a job. */
export function JobPage({ state }: JobPageProps) {
  return html`<h1>${state.job.name ?? state.job.job}</h1>`;
}
