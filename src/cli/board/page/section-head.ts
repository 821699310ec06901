import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { counted } from './page-format.ts';
import { Arrow } from './status-marks.ts';

/** The head of a section: its title, what it holds, how many rows wait, and what stands at its right. */
export function SectionHead({
  title,
  tells,
  waiting = 0,
  onShow,
  children,
}: {
  title: string;
  /** Such as `12 jobs in 12 h`. */
  tells: string;
  waiting?: number;
  onShow?: () => void;
  children?: ComponentChildren;
}) {
  return html`<div class="section-head">
    <h2>${title}</h2>
    <span class="quiet">${tells}</span>
    <span class="rest"></span>
    ${
      waiting > 0 &&
      html`<button type="button" class="waiting" onClick=${onShow} aria-label="Show ${counted(waiting, 'new row')}">
          <${Arrow} to="up" /> ${waiting} new <kbd aria-hidden="true">.</kbd>
        </button>`
    }
    ${children}
  </div>`;
}
