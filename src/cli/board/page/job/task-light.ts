import { useEffect, useState } from 'preact/hooks';

/**
 * Lights a task in all places at once: every element of the page with its `data-task` gets `data-lit`. Works on the
 * elements themselves, as hundreds of them need not be drawn anew for a pointer that moves over them.
 */
export class TaskLight {
  #task: string | null = null;
  readonly #listeners = new Set<(task: string | null) => void>();
  #root: Element | undefined;

  /** Lights what the pointer is over, or the focus in, until it is disposed of. */
  follow(root: HTMLElement): () => void {
    this.#root = root;
    const on = ({ target }: Event) => {
      const place = target instanceof Element ? target.closest<HTMLElement>('[data-task]') : null;
      this.light(place?.dataset.task ?? null);
    };
    const off = () => this.light(null);
    root.addEventListener('pointerover', on);
    root.addEventListener('pointerleave', off);
    root.addEventListener('focusin', on);
    root.addEventListener('focusout', off);
    return () => {
      root.removeEventListener('pointerover', on);
      root.removeEventListener('pointerleave', off);
      root.removeEventListener('focusin', on);
      root.removeEventListener('focusout', off);
    };
  }

  light(task: string | null): void {
    if (task === this.#task) return;
    this.#task = task;
    this.renew();
    for (const listener of this.#listeners) listener(task);
  }

  /** Lights elements that are new, and no others that took their place. */
  renew(): void {
    const task = this.#task;
    for (const lit of this.#root?.querySelectorAll('[data-lit]') ?? []) {
      if (lit.getAttribute('data-task') !== task) lit.removeAttribute('data-lit');
    }
    if (task === null) return;
    const places = this.#root?.querySelectorAll(`[data-task="${CSS.escape(task)}"]`) ?? [];
    for (const place of places) place.setAttribute('data-lit', '');
  }

  onChange(listener: (task: string | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The task that is lit, for what is not an element of its own, such as a cell of a canvas. */
export function useLit(light: TaskLight): number | null {
  const [lit, setLit] = useState<string | null>(null);
  useEffect(() => light.onChange(setLit), [light]);
  return lit === null || !/^\d+$/.test(lit) ? null : Number(lit);
}
