import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';

/** Shortens a text to a display width. Never cuts inside a character. */
export type Elide = (text: string, width: number) => string;

/** Keeps the start of a text, as in `Unable to loa…`. */
export const elideEnd: Elide = (text, width) => cliTruncate(text, width);

/** What ends a name: its version, after the last separator. */
const TAIL = /[_.-][^_.-]+$/;

/**
 * Keeps the start and the end of a name: what follows its last `_`, `-`, or `.`, as in `sq010_turntab…_v015`,
 * or else as much as of the start.
 */
export const elideMiddle: Elide = (name, width) => {
  if (stringWidth(name) <= width) return name;
  const [tail = ''] = TAIL.exec(name) ?? [];
  const rest = width - stringWidth(tail);
  if (tail === '' || rest < width / 2) return cliTruncate(name, width, { position: 'middle' });
  return cliTruncate(name.slice(0, -tail.length), rest) + tail;
};

/**
 * Cuts a list between two of its elements, and says how many are left out if there is room, as in
 * `1-40, … 109 more ranges`: what is pasted of it must not pass for the whole list.
 */
export const elideRanges: Elide = (list, width) => {
  if (stringWidth(list) <= width) return list;
  const ranges = list.split(/, */);
  let fitting: string | undefined;
  let kept = '';
  for (const [index, range] of ranges.slice(0, -1).entries()) {
    kept += `${range}, `;
    if (kept.length >= width) break;
    const more = ranges.length - index - 1;
    const whole = `${kept}… ${more} more ${more === 1 ? 'range' : 'ranges'}`;
    if (whole.length <= width) fitting = whole;
    else fitting ??= `${kept}…`;
  }
  return fitting ?? elideEnd(list, width);
};
