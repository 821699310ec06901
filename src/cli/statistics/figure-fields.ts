import type { Field } from '../../terminal/field-list.ts';
import {
  bytesText,
  countedText,
  countText,
  hoursText,
  percentText,
  secondsText,
  triesText,
} from '../amount-text.ts';
import type { Figures } from './totals.ts';

/** Figures for people, a line each; in parentheses, how many tasks tell them if not all do. */
export function figureFields(figures: Figures): Field[] {
  const { tasks } = figures;
  const of = (count: number) =>
    count === tasks ? '' : ` (${countText(count)} of ${countedText(tasks, 'task')})`;
  const known = <T>(value: T | null, text: (value: T) => string, count: number) =>
    value === null ? 'not known' : text(value) + of(count);
  const { meanSeconds: mean, medianSeconds, p95Seconds, longestSeconds } = figures;
  return [
    {
      name: 'jobs',
      value: partsText(figures.jobs, [
        ['completed', figures.jobsCompleted],
        ['failed', figures.jobsFailed],
        ['suspended', figures.jobsSuspended],
        ['deleted', figures.jobsDeleted],
      ]),
    },
    {
      name: 'tasks',
      value: partsText(tasks, [
        ['completed', figures.completed],
        ['failed', figures.failed],
        ['rendering', figures.rendering],
        ['other', figures.otherTasks],
      ]),
    },
    { name: 'rendered', value: known(figures.renderSeconds, hoursText, figures.renderOf) },
    ...(mean === null
      ? []
      : [
          {
            name: 'per task',
            value:
              `mean ${secondsText(mean)}, median ${secondsText(medianSeconds ?? 0)}, ` +
              `95 % within ${secondsText(p95Seconds ?? 0)}, longest ${secondsText(longestSeconds ?? 0)}`,
          },
        ]),
    { name: 'wasted', value: wastedText(figures) },
    { name: 'errors', value: known(figures.errors, countText, figures.errorsOf) },
    { name: 'peak RAM', value: known(figures.peakRamBytes, bytesText, figures.peakRamOf) },
    { name: 'CPU', value: known(figures.cpuPercent, percentText, figures.cpuOf) },
    { name: 'output', value: known(figures.outputBytes, bytesText, figures.outputOf) },
  ];
}

/** Such as `35: 24 completed, 4 failed`. */
function partsText(count: number, parts: readonly (readonly [string, number])[]): string {
  const there = parts
    .filter(([, part]) => part > 0)
    .map(([name, part]) => `${countText(part)} ${name}`);
  return there.length === 0 ? countText(count) : `${countText(count)}: ${there.join(', ')}`;
}

function wastedText({ wastedSeconds: seconds, wastedOf, wastedTries: tries }: Figures): string {
  if (tries === null) return 'not known: the history is off';
  if (seconds === null) return `not known, in ${triesText(tries)}`;
  if (tries === 0) return hoursText(0);
  if (wastedOf === tries) return `${hoursText(seconds)} in ${triesText(tries)}`;
  return `${hoursText(seconds)} (${countText(wastedOf ?? 0)} of ${triesText(tries)})`;
}
