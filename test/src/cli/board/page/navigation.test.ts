import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { JOBS_OF_NIGHT, jobsOfNight, stoppedAt } from '../../../../support/board-answers.ts';
import { openBoard } from '../../../../support/open-board.ts';
import { failedJob } from './job/job-samples.ts';

const focus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.localName} ${element?.getAttribute('href') ?? element?.getAttribute('aria-label')}`;
  });

test('a page that is gone to has the focus and begins at its top; back gives the place', async () => {
  const jobs = Array.from({ length: 200 }, (_, index) =>
    stoppedAt('01:00', { job: `job-${index}`, name: `name ${index}` }),
  );
  const { job, ...state } = failedJob();
  const names = Object.fromEntries(
    jobs.map((each) => [`/api/jobs/${each.job}`, { ...state, job: { ...job, ...each } }]),
  );
  await using board = await openBoard('/', { ...names, '/api/jobs': jobsOfNight(jobs) });
  const { page, errors } = board;
  await page.locator('[data-row]').first().waitFor();
  // At first the focus is where a browser has it.
  expect(await focus(page)).toBe('body null');
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await page.locator('.job-row').first().waitFor();
  expect(await focus(page)).toBe('main Jobs');
  expect(await page.title()).toMatch(/^Jobs · /);

  await page.locator('.job-row a').nth(98).focus();
  await page.keyboard.press('j');
  expect(await focus(page)).toBe('a /job?id=job-99');
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(1000);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'name 99' }).waitFor();
  expect(await focus(page)).toBe('main Job');
  expect(await page.evaluate(() => scrollY)).toBe(0);

  await page.keyboard.press('Escape');
  await page.locator('.job-row').first().waitFor();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(place);
  expect(await focus(page)).toBe('a /job?id=job-99');
  // And on from there.
  await page.keyboard.press('j');
  expect(await focus(page)).toBe('a /job?id=job-100');
  await page.goForward();
  await page.getByRole('heading', { name: 'name 99' }).waitFor();
  expect(await focus(page)).toBe('main Job');
  await page.goBack();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1000);
  await page.reload();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1000);
  expect(errors).toEqual([]);
});

test('a key or a button copies the frames of a row, or all', async () => {
  await using board = await openBoard(
    '/',
    {},
    { permissions: ['clipboard-read', 'clipboard-write'] },
  );
  const { page, server, errors } = board;
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.locator('[data-row]').first().waitFor();
  await page.keyboard.press('c');
  await page.getByText('Copied 12 jobs').waitFor();
  expect((await copied()).split('\n')).toHaveLength(12);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await page.getByText('Copied 18 frames').waitFor();
  expect(await copied()).toBe('1-45');

  const button = page.locator('.went-on-row .row-copy').first();
  const opacity = () => button.evaluate((each) => getComputedStyle(each).opacity);
  expect(await opacity()).toBe('0');
  await page.locator('.went-on-row').first().hover();
  expect(await opacity()).toBe('1');
  await button.click();
  expect(await copied()).toBe('1-2');
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);

  await page.goto(`${server.url}/jobs?worker=render-035`);
  await page.locator('.job-row').first().waitFor();
  expect(await page.locator('.job-row').count()).toBe(1);
  await page.keyboard.press('c');
  await page.getByText('Copied 1 job').waitFor();
  expect(await copied()).toBe('sq040_sh0310_cache_v003\t1027-1040');
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await page.getByText('Copied 14 frames').waitFor();
  expect(await copied()).toBe('1027-1040');
  await page.getByRole('button', { name: 'Remove the filter failed on' }).click();
  await expect.poll(() => page.locator('.job-row').count()).toBe(JOBS_OF_NIGHT.length);
  expect(errors).toEqual([]);
});
