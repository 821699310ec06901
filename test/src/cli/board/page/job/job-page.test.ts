import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { JobState } from '../../../../../../src/cli/board/state/farm-state.ts';
import { serveBoardOf } from '../../../../../support/board-stand-in.ts';
import { axeFindings, testBrowser } from '../../../../../support/browser.ts';
import { bigJob, failedJob, NOW, transitionAt } from './job-samples.ts';

const PHONE = { viewport: { width: 390, height: 844 } };

const job = failedJob();
const big = bigJob();
const ID = job.job.job;
const BIG = big.job.job;
/** What the server answers; a test may change it. */
const answers: Record<string, unknown> = {};

let browser: Browser;
let board: Awaited<ReturnType<typeof serveBoardOf>>;
/** What the browser complained of. */
const complaints: string[] = [];

beforeAll(async () => {
  [browser, board] = await Promise.all([testBrowser(), serveBoardOf(answers)]);
});
afterAll(async () => {
  await board?.[Symbol.asyncDispose]();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

/** Opens a job's page. */
async function open(state: JobState, hash = '', options: BrowserContextOptions = {}) {
  const id = state.job.job;
  answers[`/api/jobs/${id}`] = state;
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 900 }, timezoneId: 'America/New_York' },
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(countDrawnCells);
  await page.goto(`${board.url}/job?id=${id}${hash}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** Notes in which frame each cell of the canvas is drawn. */
function countDrawnCells() {
  const drawn: number[] = [];
  let frame = 0;
  const next = () => {
    frame += 1;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  Object.assign(globalThis, { drawn });
  const prototype = CanvasRenderingContext2D.prototype;
  const fill = prototype.fillRect;
  prototype.fillRect = function (...box) {
    if (this.canvas.getAttribute('role') === 'img') drawn.push(frame);
    return fill.apply(this, box);
  };
}

const drawnIn = (page: Page) => page.evaluate('drawn.splice(0)') as Promise<number[]>;

const cell = (page: Page, task: number) => page.locator(`[role=gridcell][data-task="${task}"]`);

test('a failed job: its facts, a cell a task, the worst worker first, and all that came', async () => {
  const page = await open(job, '#task=13');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(
    'sq040_sh0310_cache_v003',
  );
  expect(await page.getByRole('gridcell').count()).toBe(41);
  expect(await cell(page, 13).getAttribute('aria-label')).toBe(
    'Task 13, failed, frames 1027-1028, render-036, 2 requeues',
  );
  expect(await cell(page, 13).getAttribute('aria-selected')).toBe('true');
  expect(await cell(page, 40).getAttribute('aria-label')).toBe('Task 40, nothing came');
  expect(await page.locator('.timeline li').first().textContent()).toContain('render-0352 failed');
  expect(await page.locator('.failed-tasks tbody tr').count()).toBe(7);
  expect(await page.locator('.log .task-line').count()).toBe(59);
});

test.for([
  ['in light', job, 'main', undefined, {}],
  ['in dark', job, 'main', ['color-contrast'], { colorScheme: 'dark' }],
  ['of 10,000 tasks', big, '.task-section', undefined, {}],
  ['of 300 tasks', bigJob(300), '.task-section', undefined, {}],
  ['on a phone', job, 'main', ['target-size', 'color-contrast'], PHONE],
] as const)('axe finds nothing: %s', async ([, state, place, rules, options]) => {
  const page = await open(state, '#task=13', options);
  await page.locator('.log .task-line').first().waitFor();
  expect(await axeFindings(page, place, rules)).toEqual([]);
});

test('a task that is pointed at or has the focus is lit everywhere', async () => {
  const page = await open(job);
  const lit = () =>
    page.locator('[data-lit]').evaluateAll((all) => all.map((each) => each.className));
  await page.getByRole('button', { name: /^Task 14 failed/ }).hover();
  const places = await lit();
  expect(
    new Set(
      await page
        .locator('[data-lit]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-task'))),
    ),
  ).toEqual(new Set(['14']));
  expect(places.filter((name) => name.includes('task-cell'))).toHaveLength(1);
  expect(places.filter((name) => name.includes('try'))).toHaveLength(3);
  expect(places.filter((name) => name.includes('task-line'))).toHaveLength(6);
  await page.mouse.move(5, 5);
  expect(await lit()).toEqual([]);
  await cell(page, 0).focus();
  expect(await lit()).toHaveLength(4);
});

test('with the keyboard: failed tasks, cells, rows, and what is copied', async () => {
  const page = await open(job, '', { permissions: ['clipboard-read', 'clipboard-write'] });
  const task = () => new URL(page.url()).hash;
  await page.keyboard.press('n');
  expect(task()).toBe('#task=13');
  await page.keyboard.press('p');
  expect(task()).toBe('#task=19');
  await page.keyboard.press('ArrowRight');
  expect(task()).toBe('#task=20');
  await page.keyboard.press('Escape');
  expect(task()).toBe('');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  expect(task()).toBe('#task=18');

  await page.getByRole('grid').locator('[tabindex="0"]').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  expect(task()).toBe('#task=39');
  expect(await page.getByRole('grid').locator('[tabindex="0"]').count()).toBe(1);

  await page.getByRole('button', { name: /^Task 4 completed/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(task()).toBe('#task=3');

  await page.keyboard.press('c');
  await page.getByText('Copied 14 frames').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1027-1040');
  await page.keyboard.press('y');
  await page.getByText('Copied the link').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test('10,000 tasks are drawn in one frame, and a change draws its cell alone', async () => {
  const page = await open(big);
  await page.getByRole('img', { name: '10,000 tasks:' }).waitFor();
  const first = await drawnIn(page);
  expect(first.length).toBeGreaterThanOrEqual(10_000);
  expect(new Set(first).size).toBe(1);
  expect(await page.getByRole('gridcell').count()).toBe(41);

  const tasks = big.tasks.map((each) =>
    each.task === 4_000
      ? { ...each, status: each.status === 'Failed' ? 'Completed' : 'Failed' }
      : each,
  );
  answers[`/api/jobs/${BIG}`] = { ...big, tasks };
  board.tell({ ...transitionAt(NOW / 1_000, 'task-failed', 4_000), job: BIG });
  await expect.poll(() => drawnIn(page), { timeout: 5_000 }).toHaveLength(1);
});

test('10,000 tasks: the cells below the canvas go with the keyboard and the pointer', async () => {
  const page = await open(big, '#task=7000');
  const ids = () =>
    page
      .getByRole('gridcell')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-task'))));
  expect([(await ids()).at(0), (await ids()).at(-1)]).toEqual([6_980, 7_020]);
  await cell(page, 7_020).focus();
  await page.keyboard.press('ArrowRight');
  expect((await ids()).at(-1)).toBe(7_021);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-task'))).toBe('7021');
  await page.locator('.task-canvas canvas').click({ position: { x: 3, y: 2 } });
  expect((await ids()).at(0)).toBe(0);
  await page.locator('.share canvas').click({ position: { x: 1399, y: 20 } });
  expect((await ids()).at(-1)).toBe(9_999);
});

test('what comes is at the top at once, and waits while someone reads the list', async () => {
  const page = await open(job);
  const first = () => page.locator('.log .task-line').first().textContent();
  await expect.poll(() => board.asked.some((path) => path.startsWith('/feed?job='))).toBe(true);
  await page.locator('.log .task-line').first().waitFor();
  board.tell({ ...transitionAt(NOW / 1_000 - 9, 'task-started', 20, 'render-040'), job: ID });
  await expect.poll(first).toContain('render-040');

  await page.locator('.log .task-line').nth(3).hover();
  board.tell({ ...transitionAt(NOW / 1_000 - 5, 'task-completed', 20, 'render-041'), job: ID });
  await page.getByRole('button', { name: /1 new/ }).waitFor();
  expect(await first()).toContain('render-040');
  await page.keyboard.press('.');
  await expect.poll(first).toContain('render-041');
});

test('without the history, nothing tells of tries that are not known', async () => {
  const page = await open({
    ...{ ...job, transitions: [], status: { ...job.status, history: 'off' } },
    tasks: job.tasks.map((each) => ({ ...each, requeues: null })),
    job: { ...job.job, requeues: null },
  });
  await page.getByText('Earlier tries and requeues are not shown').waitFor();
  expect(await page.locator('.job-page').textContent()).not.toMatch(/↩|\drequeue|tries\b.*before/);
  expect(await page.locator('.log .task-line').count()).toBe(20);
  expect(await page.getByRole('columnheader', { name: 'tries' }).count()).toBe(0);
});

test('every value is text, whatever it is', async () => {
  const bad = '<img src=x onerror="document.title=\'broken\'">';
  const page = await open({
    ...job,
    job: { ...job.job, name: bad, user: bad, reason: bad, frames: bad, batch: bad },
    tasks: job.tasks.map((each) => ({
      ...each,
      worker: bad,
      frames: bad,
      status: each.task === 0 ? bad : each.status,
    })),
    failedFrames: bad,
    transitions: job.transitions.map((each) => ({
      ...each,
      worker: bad,
      frames: bad,
      reason: bad,
    })),
  });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(bad);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).not.toBe('broken');
});

test('nothing of a job but its id is known', async () => {
  const page = await open({
    ...{ ...job, tasks: [], transitions: [], failedFrames: '', failedFrameCount: null },
    job: { ...job.job, name: null, status: null, tasks: null, isNamed: false, goesOn: false },
  });
  await page.getByText('Not stopped yet').waitFor();
  await page.getByText('No task has started yet.').waitFor();
});

test('on a phone the timeline is a list of workers, and nothing is wider than the page', async () => {
  for (const state of [job, big]) {
    const page = await open(state, '', PHONE);
    await page.locator('.log .task-line').first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(390);
    if (state === job) {
      const bar = await page.getByRole('button', { name: /^Task 14 failed/ }).boundingBox();
      expect(bar?.height).toBeGreaterThanOrEqual(44);
    }
  }
});
