import { html } from 'htm/preact';
import { CopyButton, copiedFrames } from '../copy-button.ts';

/** The failed frames, as Deadline takes them in, to look at and to copy. */
export function FailedFrames({ frames, count }: { frames: string; count: number | null }) {
  const ranges = frames.split(', ');
  return html`<div class="frames-box">
    <div class="copied" role="group" aria-label="Frames" tabindex="0">
      ${ranges.map((range, index) => [
        // A line may end after a comma, and not within a range.
        html`<span key=${range}>${range}${index < ranges.length - 1 ? ',' : ''}</span>`,
        ' ',
      ])}
    </div>
    <${CopyButton} text=${frames} copied=${copiedFrames(count)} hotkey="c" />
  </div>`;
}
