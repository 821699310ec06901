import { html } from 'htm/preact';
import type { JobWithFailures, StoppedJob } from '../state/farm-state.ts';
import { CopyButton } from './copy-button.ts';
import { counted } from './page-format.ts';

/** Copies the failed frames of jobs, a line each after the job's name. */
export function CopyAllFrames({
  jobs,
  label,
}: {
  jobs: readonly (StoppedJob | JobWithFailures)[];
  label: string;
}) {
  const failed = jobs.filter((job) => 'frames' in job && job.frames !== '') as JobWithFailures[];
  const text = () => failed.map(({ job, name, frames }) => `${name ?? job}\t${frames}`).join('\n');
  const copied = `Copied those of ${counted(failed.length, 'job')}`;
  return (
    failed.length > 0 &&
    html`<${CopyButton} name="plain" hotkey="c" label=${label} text=${text} copied=${copied} />`
  );
}

/** Copies a row's frames; it shows while the row has the pointer or the focus. */
export function CopyFrames({ job: { frames, frameCount } }: { job: JobWithFailures }) {
  const copied = frameCount === null ? 'Copied' : `Copied ${counted(frameCount, 'frame')}`;
  return (
    frames !== '' && html`<${CopyButton} name="button row-copy" text=${frames} copied=${copied} />`
  );
}
