import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { KEYS, letters } from './keys.ts';

/** The list of keys, over the page, with the choice to turn single letters off. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(letters.isOn);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const toggle = () => {
    letters.isOn = !isOn;
    setOn(!isOn);
  };
  return html`<dialog ref=${dialog} class="key-sheet" aria-label="Keys" onClose=${onClose}>
    <h2>Keys</h2>
    <dl>
      ${KEYS.map(
        ([keys, does]) => html`<div>
          <dt>${keys.split(' ').map((key) => html`<kbd>${key}</kbd> `)}</dt>
          <dd>${does}</dd>
        </div>`,
      )}
    </dl>
    <label><input type="checkbox" checked=${isOn} onChange=${toggle} /> Single letters do something</label>
    <p><button type="button" class="button" onClick=${onClose}>Close</button></p>
  </dialog>`;
}
