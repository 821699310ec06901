import { expect, test } from 'vitest';
import type { WorkersState } from '../../../../../../src/cli/board/state/farm-state.ts';
import { LIVE, MORNING } from '../../../../../support/board-answers.ts';
import { serveBoardOf } from '../../../../../support/board-stand-in.ts';
import { axeFindings, testBrowser } from '../../../../../support/browser.ts';

const worker = (name: string, failedByHour: readonly number[]) => ({
  ...{ worker: name, failed: failedByHour.reduce((a, b) => a + b, 0), requeued: 1 },
  ...{ tasks: 40, rendered: 7_000_000, failedByHour },
});
const WORKERS: WorkersState = {
  ...{ status: LIVE, since: MORNING - 12 * 3_600_000, until: MORNING },
  workers: [
    worker('<img src=x onerror=alert(1)>', [0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2]),
    worker('render-002', new Array(12).fill(0)),
  ],
};

test('workers, the worst first, with the hours in which they failed, for eyes and for ears', async () => {
  await using board = await serveBoardOf({ '/api/workers': WORKERS });
  const browser = await testBrowser();
  for (const width of [1440, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${board.url}/workers`);
    const first = page.locator('tbody tr').first();
    expect(await first.locator('th').textContent()).toBe('<img src=x onerror=alert(1)>');
    expect(await first.locator('td').last().textContent()).toMatch(/5 at .*, 1 at .*, 2 at /);
    expect(await first.locator('.heat').allTextContents()).toEqual([
      ...['', '5', '', '1', '', '', '', '', '', '', '', '2'],
    ]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await axeFindings(page, 'main')).toEqual([]);
    expect(complaints).toEqual([]);
    await page.goto(`${board.url}/workers?text=RENDER-0`);
    const names = () => page.locator('tbody th').allTextContents();
    await expect.poll(names).toEqual(['render-002']);
    await page.getByRole('link', { name: 'show all' }).click();
    await expect.poll(names).toHaveLength(2);
    await page.close();
  }
});
