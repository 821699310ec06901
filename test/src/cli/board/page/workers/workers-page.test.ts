import { expect, test } from 'vitest';
import type { WorkersState } from '../../../../../../src/cli/board/state/farm-state.ts';
import { LIVE, MORNING } from '../../../../../support/board-answers.ts';
import { axeFindings } from '../../../../../support/browser.ts';
import { openBoard } from '../../../../../support/open-board.ts';

const worker = (name: string, failedByHour: readonly number[]) => ({
  ...{ worker: name, failed: failedByHour.reduce((a, b) => a + b, 0), requeued: 1 },
  ...{ tasks: 40, rendered: 7_000_000, failedByHour },
});
const WORKERS: WorkersState = {
  ...{ status: LIVE, since: MORNING - 12 * 3_600_000, until: MORNING },
  workers: [
    worker(`<img src=x onerror=alert(1)>${'x'.repeat(300)}`, [0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2]),
    worker('render-002', new Array(12).fill(0)),
  ],
};

test('workers, the worst first, with the hours in which they failed, for eyes and for ears', async () => {
  await using board = await openBoard('/workers?hours=24', { '/api/workers': WORKERS });
  const { page, server, errors } = board;
  const first = page.locator('tbody tr').first();
  expect((await first.locator('th').textContent())?.trim()).toMatch(
    /^<img src=x onerror=alert\(1\)>x{300}$/,
  );
  expect(await first.locator('td').last().textContent()).toMatch(/5 at .*, 1 at .*, 2 at /);
  expect(await first.locator('.heat').allTextContents()).toEqual([
    ...['', '5', '', '1', '', '', '', '', '', '', '', '2'],
  ]);
  // To the jobs that failed on it; there are none of the others.
  expect(
    await page
      .locator('tbody a')
      .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href)),
  ).toEqual([
    `${server.url}/jobs?worker=%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E${'x'.repeat(300)}`,
  ]);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await axeFindings(page, 'main')).toEqual([]);
  }
  await page.goto(`${server.url}/workers?text=RENDER-0`);
  const names = async () =>
    (await page.locator('tbody th').allTextContents()).map((name) => name.trim());
  await expect.poll(names).toEqual(['render-002']);
  await page.getByRole('link', { name: 'show all' }).click();
  await expect.poll(names).toHaveLength(2);
  expect(errors).toEqual([]);
});
