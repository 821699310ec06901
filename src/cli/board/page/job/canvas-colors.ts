import { useEffect, useState } from 'preact/hooks';
import { CELL_STATUSES, type CellStatus } from './task-cells.ts';

/** The colors of a canvas: those of the style sheet, which knows the theme and the system's own colors. */
export type CanvasColors = Readonly<Record<CellStatus, string>>;

/** Reads `--cell-<status>` of an element. */
export function canvasColors(element: Element): CanvasColors {
  const style = getComputedStyle(element);
  const color = (status: CellStatus) => [
    status,
    style.getPropertyValue(`--cell-${status}`).trim() || 'gray',
  ];
  return Object.fromEntries(CELL_STATUSES.map(color)) as CanvasColors;
}

/** What makes the browser give other colors. */
const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print'];

/** Changes whenever colors may have changed, or the density of the screen: then all is drawn again. */
export function useAppearance(): string {
  const read = () =>
    [
      document.documentElement.dataset.theme ?? '',
      ...QUERIES.map((query) => matchMedia(query).matches),
      devicePixelRatio,
    ].join();
  const [appearance, setAppearance] = useState(read);
  useEffect(() => {
    const renew = () => setAppearance(read());
    const observer = new MutationObserver(renew);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const lists = [...QUERIES, `(resolution: ${devicePixelRatio}dppx)`].map((query) =>
      matchMedia(query),
    );
    for (const list of lists) list.addEventListener('change', renew);
    return () => {
      observer.disconnect();
      for (const list of lists) list.removeEventListener('change', renew);
    };
  }, [appearance]);
  return appearance;
}

/** Fits a canvas to a size in CSS pixels, sharp on any screen, and gives its context. */
export function sizedContext(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const density = devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context?.scale(density, density);
  return context;
}
