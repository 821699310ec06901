import { expect, test } from 'vitest';
import type { ParsedFigures } from '../../../../../../src/cli/board/page/statistics/parsed-statistics.ts';
import { LIVE, MORNING } from '../../../../../support/board-answers.ts';
import { axeFindings } from '../../../../../support/browser.ts';
import { openBoard } from '../../../../../support/open-board.ts';

const HOSTILE = `<img src=x onerror=alert(1)>${'x'.repeat(300)}`;

const figures = (changes: Partial<ParsedFigures>): ParsedFigures => ({
  ...{ jobs: 2, jobsCompleted: 1, jobsFailed: 1, jobsSuspended: 0, jobsDeleted: 0 },
  ...{ tasks: 1_204, completed: 1_200, failed: 4, rendering: 0, otherTasks: 0 },
  ...{ renderSeconds: 360_000, renderOf: 1_204, meanSeconds: 299, medianSeconds: 308.9 },
  ...{
    p95Seconds: 1_274,
    longestSeconds: 4_632,
    wastedSeconds: 18_000,
    wastedOf: 9,
    wastedTries: 9,
  },
  ...{ errors: 12, errorsOf: 1_204, peakRamBytes: 64_000_000_000, peakRamOf: 1_204 },
  ...{ usedCpuClocks: 2 ** 60, availableCpuClocks: 2 ** 61, cpuPercent: 50, cpuOf: 1_204 },
  ...{ outputBytes: 8_000_000_000, outputOf: 1_200 },
  ...changes,
});
const unknown = figures({
  ...{ failed: 0, renderSeconds: null, renderOf: 0, medianSeconds: null, p95Seconds: null },
  ...{
    longestSeconds: null,
    wastedSeconds: 0,
    wastedOf: 0,
    wastedTries: 0,
    errors: null,
    errorsOf: 0,
  },
  ...{ peakRamBytes: null, peakRamOf: 0, cpuPercent: null, cpuOf: 0, outputBytes: null },
});
const GROUPS: Readonly<Record<string, readonly (readonly [string | null, ParsedFigures])[]>> = {
  user: [
    ['fx-3', figures({})],
    [HOSTILE, figures({ renderSeconds: 36_000, failed: 7 })],
    [null, unknown],
  ],
  // Clocks go back in New York.
  hour: [
    ['2026-11-01 00:00-04:00', figures({ renderSeconds: 60 })],
    ['2026-11-01 01:00-04:00', figures({ renderSeconds: 7_200 })],
    ['2026-11-01 01:00-05:00', figures({})],
  ],
};

/** The answer of the server, while 200 jobs of 240 wait for someone who agrees. */
function statistics(query: URLSearchParams) {
  const by = query.get('by') ?? '';
  const until = by === 'hour' ? Date.parse('2026-11-01T12:00-05:00') : MORNING;
  const isAgreed = query.get('read') === 'all';
  return {
    ...{ status: LIVE, since: until - 24 * 3_600_000, until, by, total: figures({}) },
    ...{ stopped: 240, read: isAgreed ? 240 : 35, leftOut: 0, historySince: null },
    unread: isAgreed ? null : { jobs: 200, tasks: 900_000, units: 115_356.4, usd: 0.0144 },
    groups: GROUPS[by]?.map(([group, own]) => ({ group, name: null, figures: own })),
  };
}

test('what the span took, by what is chosen, in order, for eyes, ears and keys', async () => {
  await using board = await openBoard('/', { '/api/statistics': statistics });
  const { page, server, errors } = board;
  await page.locator('[data-row]').first().waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  const names = async () =>
    (await page.locator('tbody th').allTextContents()).map((name) => name.trim());
  await expect.poll(names).toEqual(['fx-3', HOSTILE, '–']);
  await page.goto(`${server.url}/statistics?hours=24`);
  await expect.poll(names).toHaveLength(3);
  expect(await page.locator('.summary').innerText()).toMatch(
    /Render time\s+100 h\s+median 5:08\s+Wasted\s+5\.0 h\s+in 9 tries\s+Completed\s+1,200 tasks/,
  );
  expect(await page.locator('tbody tr').allInnerTexts()).toEqual([
    expect.stringMatching(
      /fx-3\s+2\s+1,204\s+4\s+100 h\s+5\.0 h\s+5:08\s+21:14\s+1:17:12\s+12\s+64 GB\s+50 %\s+8 GB of 1,200 tasks/,
    ),
    expect.stringContaining('10.0 h'),
    expect.stringMatching(/–\s+2\s+1,204\s+none\s+–\s+none\s+–\s+–\s+–\s+–\s+–\s+–\s+–$/),
  ]);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  const links = page.locator('tbody a');
  expect(await links.first().getAttribute('href')).toBe('/jobs?since=24h&user=fx-3');
  expect(await links.last().getAttribute('href')).toBe('/jobs?since=24h&user=%E2%80%93');

  await page.getByRole('button', { name: 'failed', exact: true }).click();
  await expect.poll(names).toEqual([HOSTILE, 'fx-3', '–']);
  expect(new URL(page.url()).search).toBe('?hours=24&sort=-failed');
  await page.goto(`${server.url}/statistics?hours=24`);
  const by = page.getByRole('combobox', { name: 'by' });
  await by.focus();
  await by.selectOption('hour');
  await expect
    .poll(names)
    .toEqual(['Nov 1, 00:00', 'Nov 1, 01:00 (-04:00)', 'Nov 1, 01:00 (-05:00)']);
  expect(await by.evaluate((choice) => choice === document.activeElement)).toBe(true);
  expect(await links.last().getAttribute('href')).toBe(
    '/jobs?since=2026-11-01T06:00:00.000Z&until=2026-11-01T07:00:00.000Z',
  );

  await page.getByText('35 of 240 jobs so far').waitFor();
  await page.getByText('Reading: 5 jobs are left.').waitFor();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await axeFindings(page, 'main')).toEqual([]);
  }
  await page.getByText('200 jobs are not read: about 900,000 tasks, some 115,356').waitFor();
  await page.getByRole('button', { name: 'Read them' }).click();
  const agreed = '/api/statistics?hours=24&by=hour&read=all';
  await expect.poll(() => server.asked.filter((path) => path === agreed)).toHaveLength(1);
  expect(errors).toEqual([]);
});
