import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { farmOfNight } from '../../../../support/board-answers.ts';
import { openBoard } from '../../../../support/open-board.ts';
import { failedJob, NOW, transitionAt } from './job/job-samples.ts';

/** Longer than the shortest time between two questions, in ms. */
const SOON = 1_500;

test('a page asks again when it is in sight again or awake, and says why there is no answer', async () => {
  const state = failedJob();
  const path = `/api/jobs/${state.job.job}`;
  await using board = await openBoard('/', { [path]: state });
  const { page, server, answers } = board;
  await page.clock.install();
  await page.goto(`${server.url}/job?id=${state.job.job}`);
  const times = () => server.asked.filter((each) => each === path).length;
  const tell = () => server.tell({ ...transitionAt(NOW, 'task-failed', 1), id: `${times()}` });
  const show = (isHidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => server.asked.some((each) => each.startsWith('/feed?job='))).toBe(true);
  await page.clock.runFor(SOON);

  await show(true);
  const before = times();
  tell();
  await page.clock.runFor(SOON);
  expect(times()).toBe(before);
  await show(false);
  await page.clock.runFor(1);
  await expect.poll(times).toBe(before + 1);

  // A machine that sleeps has no timers, and then another time.
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 8 * 3_600_000;
  });
  await page.clock.runFor(2 * SOON);
  await expect.poll(times).toBe(before + 2);

  answers[path] = new Error('AWS refuses a read (AccessDeniedException).');
  tell();
  await page.clock.runFor(SOON);
  await page.getByText('AWS refuses a read (AccessDeniedException).').waitFor();
  expect(await page.locator('.weather').innerText()).toMatch(/What you see is from 07:42:09\./);
  expect(await page.locator('.failed-tasks').isVisible()).toBe(true);
  answers[path] = state;
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.clock.runFor(SOON);
  await page.locator('.weather').waitFor({ state: 'detached' });

  answers[path] = undefined;
  tell();
  await page.clock.runFor(SOON);
  await page.getByText('Nothing is stored of this job.').waitFor();
  expect(await page.locator('.status-line').innerText()).toContain('Live');
});

test('an answer that comes after the page changed is not shown, and ends the questions', async () => {
  const slow = Promise.withResolvers<unknown>();
  await using board = await openBoard('/', { '/api/farm': () => slow.promise });
  const { page, server, errors } = board;
  await page.clock.install();
  await page.reload();
  const asked = () => server.asked.filter((each) => each.startsWith('/api/farm')).length;
  await expect.poll(asked).toBe(2);
  await page.getByRole('link', { name: 'Jobs' }).first().click();
  slow.resolve(farmOfNight());
  await page.locator('.job-row').first().waitFor();
  await page.clock.runFor(30_000);
  await wait(100);
  expect(asked()).toBe(2);
  expect(await page.locator('.overview').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('parameters that cannot be used are named, and all else is shown', async () => {
  await using board = await openBoard('/?hours=999&color=red');
  const { page, server } = board;
  await page.getByText('cannot use the parameters “hours”, “color” of its URL').waitFor();
  await page.locator('.failed-row').first().waitFor();
  expect(server.asked).toContain('/api/farm?hours=12');
  await page.goto(`${server.url}/job`);
  await page.getByRole('heading', { name: 'The URL names no job.' }).waitFor();
  await page.goto(`${server.url}/jobs?since=1960-01-01`);
  await page.locator('.job-row').first().waitFor();
  expect(server.asked).toContain('/api/jobs?since=0');
});
