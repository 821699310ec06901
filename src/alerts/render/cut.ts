import { plainLine } from '../../shared/printable.ts';

/** Characters (UTF-16 code units, the most that any channel counts) that a message shows at most of each. */
export const MOST = { name: 80, person: 40, frames: 300, reason: 200, own: 300 } as const;

const INVISIBLE_START = /^[\s\p{Join_Control}\p{Variation_Selector}]+/u;

/** An untrusted text on one line, for people; empty if it shows nothing. */
export function shown(text: string | undefined): string {
  return plainLine(text ?? '')
    .replace(INVISIBLE_START, '')
    .trimEnd();
}

/** The start of a text, as in `Unable to loa…`. */
export function cutEnd(text: string, most: number): string {
  return text.length <= most ? text : `${startOf(text, most - 1)}…`;
}

/** What ends a name: its version, after the last separator. */
const VERSION = /[_.-][^_.-]+$/;

/** The start and the end of a name, with its version if there is room, as in `sq010_turntab…_v015`. */
export function cutMiddle(name: string, most: number, gap = '…'): string {
  if (name.length <= most) return name;
  const [version = ''] = VERSION.exec(name) ?? [];
  const half = Math.floor((most - gap.length) / 2);
  const end = version !== '' && version.length <= half ? version : endOf(name, half);
  return startOf(name, most - gap.length - end.length) + gap + end;
}

/** The first ranges of a list, and how many are left out, as in `1-40, … 109 more`. */
export function cutRanges(list: string, most: number): string {
  if (list.length <= most) return list;
  const ranges = list.split(/, */);
  let [fitting, kept] = ['', ''];
  for (const [index, range] of ranges.slice(0, -1).entries()) {
    kept += `${range}, `;
    const whole = `${kept}… ${ranges.length - index - 1} more`;
    if (whole.length > most) break;
    fitting = whole;
  }
  return fitting || cutEnd(list, most);
}

/** Without half a surrogate pair, and without what joins to something that is gone. */
function startOf(text: string, length: number): string {
  return text
    .slice(0, Math.max(0, length))
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[\s\p{Join_Control}\p{Variation_Selector}]+$/u, '');
}

function endOf(text: string, length: number): string {
  return text
    .slice(text.length - length)
    .replace(/^[\udc00-\udfff]/, '')
    .replace(INVISIBLE_START, '');
}
