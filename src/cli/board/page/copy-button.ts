import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import type { JobWithFailures, StoppedJob } from '../state/farm-state.ts';
import { counted } from './page-format.ts';

/** How long a button says that it copied. */
const SAID_MS = 2000;

/** Copies a text; the button says so in its place for 2 s. */
export function CopyButton({
  text,
  copied = 'Copied',
  label = 'Copy',
  name = 'button',
  hotkey,
  isPicture = false,
}: {
  text: string | (() => string);
  /** What it says afterward: `Copied 14 frames`. */
  copied?: string;
  label?: string;
  /** Classes. */
  name?: string;
  /** The key that presses it. */
  hotkey?: string;
  /** Its label is for screen readers, and a picture for the others. */
  isPicture?: boolean;
}) {
  const [says, setSays] = useState(label);
  useEffect(() => {
    if (says === label) return;
    const timer = setTimeout(() => setSays(label), SAID_MS);
    return () => clearTimeout(timer);
  }, [says, label]);
  const copy = async () =>
    setSays(await copyText(typeof text === 'string' ? text : text(), copied));
  return html`<button type="button" class=${name} data-key=${hotkey} onClick=${copy}>
    <span aria-live="polite" class=${isPicture && says === label ? 'said' : ''}>${says}</span>
    ${isPicture && says === label && html`<${Sheets} />`}
  </button>`;
}

/** Two sheets of paper, one over the other. */
function Sheets() {
  return html`<svg class="sheets" viewBox="0 0 14 14" width="0.875rem" height="0.875rem" aria-hidden="true">
    <rect x="4.7" y="4.7" width="7.6" height="7.6" rx="1.5" /><path d="M2.6 9.3a.9.9 0 0 1-.9-.9V2.6a.9.9 0 0 1 .9-.9h5.8a.9.9 0 0 1 .9.9" />
  </svg>`;
}

/** Copies the frames of a row. It shows itself while the pointer is over the row, or the focus in it. */
export function RowCopy({ frames, count }: { frames: string; count: number | null }) {
  return html`<${CopyButton} text=${frames} label="Copy frames" copied=${copiedFrames(count)} name="button row-copy" isPicture />`;
}

/** Copies the frames of all jobs of a list that have some: a line a job, of its name and frames. */
export function AllFramesCopy({ jobs, name }: { jobs: readonly StoppedJob[]; name?: string }) {
  const withFrames = jobs.filter(
    (job): job is JobWithFailures => 'frames' in job && job.frames !== '',
  );
  if (withFrames.length === 0) return null;
  const text = () =>
    withFrames.map(({ job, name, frames }) => `${name ?? job}\t${frames}`).join('\n');
  return html`<${CopyButton} name=${name} hotkey="c" label="Copy all frames" text=${text} copied="Copied ${counted(withFrames.length, 'job')}" />`;
}

export function copiedFrames(count: number | null): string {
  return count === null ? 'Copied the frames' : `Copied ${counted(count, 'frame')}`;
}

/** @returns what to tell: `said`, or that the browser refuses */
export async function copyText(text: string, said: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return said;
  } catch {
    return 'The browser does not allow it';
  }
}
