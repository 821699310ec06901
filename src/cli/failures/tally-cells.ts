import { othersText, type Tally, timesText, workersTexts } from '../../shared/tally.ts';
import { elideEnd } from '../../terminal/elide.ts';
import type { Cell } from '../../terminal/table.ts';

/** Characters of a name at the head of others. */
const SHOWN = 16;

/** Which workers, in few words; several forms, the longest first. */
export function workersCell(all: Tally): Cell {
  const [longest, ...shorter] = workersTexts(all, (name) => elideEnd(name, SHOWN));
  if (longest === undefined) return '–';
  return shorter.length === 0 ? longest : [longest, ...shorter];
}

/** Which jobs, in few words: `sq090_comp_v005 ×2, 1 other`; several forms, the longest first. */
export function jobsCell(all: Tally): Cell {
  const [first, ...others] = all;
  if (first === undefined) return '';
  if (others.length === 0) return timesText(first);
  const top = timesText(first);
  return [`${top}, ${othersText(others.length)}`, `${top}, ${others.length} more`, top];
}
