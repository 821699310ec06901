import { countText, hoursText } from '../amount-text.ts';
import { changeText } from './change-text.ts';
import { sum, summed } from './report-figures.ts';
import type { Share } from './report-model.ts';
import type { SpanCount } from './span-count.ts';

/** The most departments or users that a report names. */
const MOST = 10;

/** Who rendered how long, now or before: the most first. */
export function shares(count: SpanCount, before: SpanCount | undefined) {
  const rows = new Map<string | undefined, Share>();
  const earlier = new Map(before?.shares.map(({ group, figures }) => [group, figures]));
  for (const { group, figures } of count.shares) {
    const [one, other] = [
      summed(figures, 'renderSeconds'),
      before ? summed(earlier.get(group), 'renderSeconds') : null,
    ];
    rows.set(group, share(group, figures.jobs, one, other));
  }
  for (const [group, figures] of earlier) {
    if (!rows.has(group)) rows.set(group, share(group, 0, 0, summed(figures, 'renderSeconds')));
  }
  const all = [...rows.values()].sort(
    (a, b) =>
      (b.renderSeconds ?? -1) - (a.renderSeconds ?? -1) ||
      (b.renderSecondsBefore ?? -1) - (a.renderSecondsBefore ?? -1),
  );
  const left = all.slice(MOST);
  const seconds = sum(left.map((each) => each.renderSeconds ?? 0));
  return { rows: all.slice(0, MOST), more: moreShares(left.length, seconds) };
}

function moreShares(left: number, seconds: number): string | null {
  if (left === 0) return null;
  const together = left === 1 ? '' : ' together';
  return `${countText(left)} more${seconds === 0 ? '' : `, ${hoursText(seconds)}${together}`}.`;
}

function share(
  name: string | undefined,
  jobs: number,
  renderSeconds: number | null,
  renderSecondsBefore: number | null,
): Share {
  const change = changeText(renderSeconds, renderSecondsBefore, false);
  return { name: name ?? null, jobs, renderSeconds, renderSecondsBefore, change };
}
