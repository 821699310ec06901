import { createHash } from 'node:crypto';
import { elideRanges } from '../../terminal/elide.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { countedText } from '../amount-text.ts';
import { failureTable } from './html-failures.ts';
import { shareBar } from './html-marks.ts';
import { STYLE } from './html-style.ts';
import { htmlColumn, htmlTable, seenName, withBelow } from './html-table.ts';
import { Markup, markup } from './markup.ts';
import { longestColumns, machineColumns, shareColumns, totalColumns } from './report-columns.ts';
import type { LongTask, Report, Share } from './report-model.ts';
import { periodText } from './report-times.ts';

/** Nothing is loaded or run, whatever a name has in it; only this style applies. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A report as one HTML file that needs no other: to mail, to print, or to look at. */
export function htmlReport(report: Report, view: TimeView): string {
  const { headline, sentences, notes, stack, titles, failed, shares, machines } = report;
  const bars = report.before === null ? '' : 'bar: now, line: before';
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${headline}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>${headline}</h1>
<p class="quiet">${stack}, ${periodText(report, view)}</p>
${sentences.length === 0 ? [] : markup`<p>${sentences.join(' ')}</p>`}
${section(titles.failed, '', failureTable(report, view), failed.more)}
<div class="pair">
${section(titles.totals, '', totalTable(report))}
${section(titles.shares, bars, shareTable(report), shares.more)}
</div>
<div class="pair">
${section(titles.machines, 'most failed tasks first', machineTable(report), machines.more)}
${section(titles.longest, 'by their last try', longestTable(report))}
</div>
<footer>
${notes.map((note) => markup`<p>${note}</p>\n`)}</footer>
</main>
</body>
</html>
`;
  return page.text;
}

/** @param table `undefined` if it has no rows */
function section(
  title: string,
  tells: string,
  table: Markup | undefined,
  more: string | null = null,
): Markup {
  if (table === undefined) return markup``;
  const told = tells === '' ? markup`` : markup` <span class="quiet">(${tells})</span>`;
  const last = more === null ? markup`` : markup`\n<p class="quiet">${more}</p>`;
  return markup`<section>
<h2>${title}${told}</h2>
${table}${last}
</section>`;
}

function totalTable(report: Report): Markup | undefined {
  const columns = totalColumns(report).map((column) => htmlColumn(column));
  return htmlTable('totals', columns, report.totals);
}

function machineTable(report: Report): Markup | undefined {
  const [worker, ...figures] = machineColumns(report);
  const columns = [htmlColumn(worker, 'worker'), ...figures.map((figure) => htmlColumn(figure))];
  return htmlTable('machines', columns, report.machines.rows);
}

function shareTable(report: Report): Markup | undefined {
  const [who, , rendered, before, change] = shareColumns(report);
  const named = { ...htmlColumn(who), cell: (row: Share) => seenName(who.value(row)) };
  const columns = [
    withBelow(named, ({ jobs }) => countedText(jobs, 'job')),
    { head: 'share', of: 'bar', cell: (row: Share) => shareBar(row, report) },
    htmlColumn(rendered),
    ...(before && change ? [withBelow(htmlColumn(before), change.value)] : []),
  ];
  return htmlTable('shares', columns, report.shares.rows);
}

function longestTable({ longest }: Report): Markup | undefined {
  const [rendered, job, , , worker] = longestColumns();
  const named = { ...htmlColumn(job), cell: (row: LongTask) => seenName(job.value(row)) };
  const columns = [
    withBelow(named, ({ task, frames, user }) =>
      [
        `task ${task}`,
        ...(frames === null ? [] : [`frames ${elideRanges(frames, 40)}`]),
        ...(user === null ? [] : [user]),
      ].join(' · '),
    ),
    htmlColumn(worker, 'worker'),
    htmlColumn(rendered),
  ];
  return htmlTable('longest', columns, longest);
}
