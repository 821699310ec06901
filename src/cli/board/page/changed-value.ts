import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** How long the background of a value tells that it changed. */
const TOLD_MS = 1200;

/** A value of a row; its background tells for 1.2 s that it changed, unless the reader wants less motion. */
export function Changed({
  value,
  name = '',
  children,
}: {
  value: string | number | null;
  /** Classes. */
  name?: string;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const backgroundColor = 'var(--selected)';
    element.current?.animate([{ backgroundColor }, { backgroundColor }], TOLD_MS);
  }, [value]);
  return html`<span ref=${element} class=${name}>${children}</span>`;
}
