import { html } from 'htm/preact';
import type { WorkersState } from '../../state/farm-state.ts';

export interface WorkersPageProps {
  readonly state: WorkersState;
  readonly parameters: URLSearchParams;
  /** The server's time now, once a second; it stands still when the board is cut off. */
  readonly now: number;
}

/** The page of all workers. */
export function WorkersPage({ state }: WorkersPageProps) {
  return html`<h1>Workers</h1><p>${state.workers.length}</p>`;
}
