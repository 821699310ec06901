import { useEffect } from 'preact/hooks';

/** What each key does, as the sheet under `?` lists it. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'find a job or a worker'],
  ['f', 'filter the list of jobs'],
  ['g o', 'overview'],
  ['g j', 'jobs'],
  ['g w', 'workers'],
  ['g s', 'statistics'],
  ['j k ↓ ↑', 'next, previous row'],
  ['Enter', 'open the row'],
  ['Esc', 'clear, or back'],
  ['n p', 'next, previous failed task of a job'],
  ['← →', 'next, previous task of a job'],
  ['c', 'copy the failed frames: of the row with the focus, or all'],
  ['y', 'copy the link of this page'],
  ['.', 'show the rows that wait'],
  ['t', 'theme: system, light, dark'],
  ['?', 'this list'],
];

const TURNED_OFF = 'board:letters-off';

/** Whether single letters do something; kept in the browser. */
export const letters = {
  get isOn() {
    return localStorage.getItem(TURNED_OFF) === null;
  },
  set isOn(isOn: boolean) {
    if (isOn) localStorage.removeItem(TURNED_OFF);
    else localStorage.setItem(TURNED_OFF, 'yes');
  },
};

/**
 * What to do at a key, by `KeyboardEvent.key`, or at two letters in a row (`g o`). One that gives false did nothing:
 * the key does what it does in any page.
 */
export type KeyHandlers = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

const SEQUENCE_MS = 1500;
let first: { readonly key: string; readonly at: number } | undefined;

/** Whether text is typed there. */
function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button)$/.test(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Does something at keys while the component is shown. In a field, Escape clears it, then leaves it. */
export function useKeys(handlers: KeyHandlers): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, timeStamp } = event;
      if (ctrlKey || metaKey || altKey || document.querySelector('dialog[open]') !== null) return;
      if (isField(target)) {
        if (key === 'Escape' && !event.defaultPrevented) leaveField(event);
        return;
      }
      if (key.length === 1 && !letters.isOn) return;
      const isSecond =
        first !== undefined && first.at < timeStamp && timeStamp - first.at < SEQUENCE_MS;
      const handler = isSecond ? handlers[`${first?.key} ${key}`] : handlers[key];
      if (handler === undefined) return;
      if (handler(event) !== false) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}

function leaveField(event: KeyboardEvent): void {
  event.preventDefault();
  const field = event.target as HTMLElement;
  if (field instanceof HTMLInputElement && field.value !== '') {
    field.value = '';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  } else field.blur();
}

/** Remembers the first of two letters; to be called once. */
export function rememberFirstKeys(): void {
  // It captures, so it comes before the handlers: what it remembers counts from the next key on.
  const remember = ({ key, timeStamp, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (key === 'g' && !isField(target) && !ctrlKey && !metaKey && !altKey) {
      first = { key, at: timeStamp };
    } else {
      setTimeout(() => {
        first = undefined;
      });
    }
  };
  addEventListener('keydown', remember, { capture: true });
}

const ROW = '[data-row]';

/** Moves the focus to the next or the previous row that is shown; @returns whether there is any. */
export function focusRow(step: 1 | -1): boolean {
  if (isScrollable(document.activeElement)) return false;
  const rows = [...document.querySelectorAll<HTMLElement>(ROW)].filter((row) => row.offsetParent);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
  const link = ['.row-link', 'a', 'button']
    .map((each) => row?.querySelector<HTMLElement>(each))
    .find((each) => each != null);
  link?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
  return row !== undefined;
}

/** Whether arrows scroll an element with the focus, such as a box of very many frames. */
function isScrollable(element: Element | null): boolean {
  if (element === null || element === document.body) return false;
  const { overflowY } = getComputedStyle(element);
  return /auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight;
}
