import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { JobState } from '../../../../../../src/cli/board/state/farm-state.ts';
import { axeFindings } from '../../../../../support/browser.ts';
import { openBoard } from '../../../../../support/open-board.ts';
import { bigJob, failedJob, NOW, transitionAt } from './job-samples.ts';

const PHONE = { width: 390, height: 844 };

const job = failedJob();
const big = bigJob();
const ID = job.job.job;
const BIG = big.job.job;

/** Opens a job's page. */
async function open(
  state: JobState,
  hash = '',
  options: BrowserContextOptions = {},
  begin?: () => void,
) {
  const id = state.job.job;
  const answers = { [`/api/jobs/${id}`]: state };
  const board = await openBoard(`/job?id=${id}${hash}`, answers, options, begin);
  await board.page.getByRole('heading', { level: 1 }).waitFor();
  return board;
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
const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test('a failed job: its facts, a cell a task, the worst worker first, and all that came', async () => {
  await using board = await open(job, '#task=13');
  const { page, server, errors } = board;
  const title = 'sq040_sh0310_cache_v003';
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(title);
  expect(await page.title()).toBe(`${title} · Deadline Notifications`);
  expect(await page.getByRole('gridcell').count()).toBe(41);
  expect(await cell(page, 13).getAttribute('aria-label')).toBe(
    'Task 13, failed, frames 1027-1028, render-036, 2 requeues',
  );
  expect(await cell(page, 13).getAttribute('aria-selected')).toBe('true');
  expect(await cell(page, 40).getAttribute('aria-label')).toBe('Task 40, nothing came');
  expect(await page.locator('.timeline li').first().textContent()).toContain('render-0352 failed');
  expect(await page.locator('.failed-tasks tbody tr').count()).toBe(7);
  expect(await page.locator('.log .task-line').count()).toBe(59);
  // Workers and facts lead to others like them.
  const paths = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map((each) => each.getAttribute('href')));
  expect(await paths('.facts a')).toContain('/jobs?user=fx-3');
  expect((await paths('.timeline a'))[0]).toBe('/workers?text=render-035');
  expect((await paths('.failed-tasks a'))[0]).toBe('/workers?text=render-036');

  // A task that is pointed at or has the focus is lit everywhere.
  const lit = () =>
    page
      .locator('[data-lit]')
      .evaluateAll((all) =>
        all.map(({ className, dataset }) => `${className.split(' ')[0]} ${dataset.task}`),
      );
  await page.getByRole('button', { name: /^Task 14 failed/ }).hover();
  const places = (await lit()).sort();
  expect(places.filter((each) => each.startsWith('task-cell'))).toEqual(['task-cell 14']);
  expect(places.filter((each) => each === 'try 14')).toHaveLength(3);
  expect(places.filter((each) => each === 'task-line 14')).toHaveLength(6);
  expect(places.every((each) => each.endsWith(' 14'))).toBe(true);
  await page.mouse.move(5, 5);
  expect(await lit()).toEqual([]);
  await cell(page, 0).focus();
  expect(await lit()).toHaveLength(4);

  // What comes is at the top at once, and waits while someone reads the list.
  const first = () => page.locator('.log .task-line').first().textContent();
  await expect.poll(() => server.asked.some((each) => each.startsWith('/feed?job='))).toBe(true);
  server.tell({ ...transitionAt(NOW / 1_000 - 9, 'task-started', 20, 'render-040'), job: ID });
  await expect.poll(first).toContain('render-040');
  await page.locator('.log .task-line').nth(3).hover();
  server.tell({ ...transitionAt(NOW / 1_000 - 5, 'task-completed', 20, 'render-041'), job: ID });
  await page.getByRole('button', { name: /1 new/ }).waitFor();
  expect(await first()).toContain('render-040');
  await page.keyboard.press('.');
  await expect.poll(first).toContain('render-041');
  expect(errors).toEqual([]);
});

test('axe finds nothing, in light, in dark, and on a phone, where the timeline is a list', async () => {
  // More lines of a kind tell nothing more, and take their time.
  const transitions = job.transitions.slice(0, 12);
  await using board = await open({ ...job, transitions }, '#task=13');
  const { page, errors } = board;
  await page.locator('.log .task-line').first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeFindings(page, 'main', ['color-contrast'])).toEqual([]);
  await page.setViewportSize(PHONE);
  await expect.poll(() => widthOf(page)).toBe(PHONE.width);
  expect(await axeFindings(page, 'main', ['target-size'])).toEqual([]);
  const heights = await page.locator('main :is(a, button):visible').evaluateAll((targets) =>
    targets.map((target) => {
      const place = target.closest('.facts > div, .task-line, td') ?? target;
      return [place.getBoundingClientRect().height, target.outerHTML] as const;
    }),
  );
  expect(heights.filter(([height]) => height < 43.5)).toEqual([]);
  expect(errors).toEqual([]);
});

test('with the keyboard: failed tasks, cells, rows, and what is copied', async () => {
  await using board = await open(job, '', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page, errors } = board;
  const task = () => new URL(page.url()).hash;
  await page.keyboard.press('n');
  await expect.poll(task).toBe('#task=13');
  await page.keyboard.press('p');
  await expect.poll(task).toBe('#task=19');
  await page.keyboard.press('ArrowRight');
  await expect.poll(task).toBe('#task=20');
  await page.keyboard.press('Escape');
  await expect.poll(task).toBe('');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect.poll(task).toBe('#task=18');

  await page.getByRole('grid').locator('[tabindex="0"]').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(task).toBe('#task=39');
  expect(await page.getByRole('grid').locator('[tabindex="0"]').count()).toBe(1);

  await page.getByRole('button', { name: /^Task 4 completed/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(task).toBe('#task=3');

  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('c');
  await page.getByText('Copied 14 frames').waitFor();
  expect(await copied()).toBe('1027-1040');
  // Of the row with the focus, if there is one with frames.
  await page.getByRole('button', { name: 'Select task 15' }).focus();
  await page.keyboard.press('c');
  await page.getByText('Copied 2 frames').waitFor();
  expect(await copied()).toBe('1031-1032');
  await page.keyboard.press('y');
  await page.getByText('Copied the link').waitFor();
  expect(await copied()).toBe(page.url());
  expect(errors).toEqual([]);
});

test('10,000 tasks are drawn in one frame, and a change draws its cell alone', async () => {
  await using board = await open(big, '', {}, countDrawnCells);
  const { page, server, answers, errors } = board;
  await page.getByRole('img', { name: '10,000 tasks:' }).waitFor();
  const first = await drawnIn(page);
  expect(first.length).toBeGreaterThanOrEqual(10_000);
  expect(new Set(first).size).toBe(1);
  expect(await page.getByRole('gridcell').count()).toBe(41);
  expect(await axeFindings(page, '.task-section')).toEqual([]);
  const worst = page.locator('.by-worker li').nth(1);
  expect(await worst.innerText()).toMatch(/^render-002\s+\d+ failed\s+41 requeued$/);

  const tasks = big.tasks.map((each) =>
    each.task === 4_000
      ? { ...each, status: each.status === 'Failed' ? 'Completed' : 'Failed' }
      : each,
  );
  answers[`/api/jobs/${BIG}`] = { ...big, tasks };
  server.tell({ ...transitionAt(NOW / 1_000, 'task-failed', 4_000), job: BIG });
  await expect.poll(() => drawnIn(page)).toHaveLength(1);

  // The cells below the canvas go with the keyboard and the pointer.
  const ids = () =>
    page
      .getByRole('gridcell')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-task'))));
  await page.evaluate(() => {
    location.hash = '#task=7000';
  });
  await expect.poll(async () => (await ids()).at(0)).toBe(6_980);
  expect((await ids()).at(-1)).toBe(7_020);
  await cell(page, 7_020).focus();
  await page.keyboard.press('ArrowRight');
  expect((await ids()).at(-1)).toBe(7_021);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-task'))).toBe('7021');
  await page.locator('.task-canvas canvas').click({ position: { x: 3, y: 2 } });
  expect((await ids()).at(0)).toBe(0);
  await page.locator('.share canvas').click({ position: { x: 1399, y: 20 } });
  expect((await ids()).at(-1)).toBe(9_999);
  await page.setViewportSize(PHONE);
  await expect.poll(() => widthOf(page)).toBe(PHONE.width);
  expect(errors).toEqual([]);
});

test('small cells are for eyes and ears, and print tells all rows', async () => {
  const many = bigJob(130);
  const failed = many.tasks.slice(0, 60).map((each) => ({ ...each, status: 'Failed' }));
  await using board = await open({ ...many, tasks: [...failed, ...many.tasks.slice(60)] });
  const { page, errors } = board;
  expect(await axeFindings(page, '.task-section')).toEqual([]);
  const rows = page.locator('.failed-tasks tbody tr');
  expect(await rows.count()).toBe(50);
  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(60);
  expect(await page.getByRole('button', { name: 'Copy link' }).isVisible()).toBe(false);
  expect(errors).toEqual([]);
});

test('without the history, nothing tells of tries that are not known', async () => {
  await using board = await open({
    ...{ ...job, transitions: [], requeuesByWorker: null },
    status: { ...job.status, history: 'off' },
    tasks: job.tasks.map((each) => ({ ...each, requeues: null })),
    job: { ...job.job, requeues: null },
  });
  const { page } = board;
  await page.getByText('Earlier tries and requeues are not shown').waitFor();
  expect(await page.locator('.job-page').textContent()).not.toMatch(/↩|\drequeue|tries\b.*before/);
  expect(await page.locator('.log .task-line').count()).toBe(20);
  expect(await page.getByRole('columnheader', { name: 'tries' }).count()).toBe(0);
});

test('every value is text, whatever it is; and nothing but an id may be known', async () => {
  const bad = '<img src=x onerror="document.title=\'broken\'">';
  await using board = await open({
    ...job,
    job: { ...job.job, name: bad, user: bad, reason: bad, frames: bad, batch: bad },
    tasks: job.tasks.map((each) => ({
      ...each,
      worker: bad,
      frames: bad,
      status: each.task === 0 ? bad : each.status,
    })),
    failedFrames: bad,
    requeuesByWorker: [[bad, 1]],
    transitions: job.transitions.map((each) => ({
      ...each,
      worker: bad,
      frames: bad,
      reason: bad,
    })),
  });
  const { page, server, answers, errors } = board;
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(bad);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).not.toBe('broken');

  answers[`/api/jobs/${ID}`] = {
    ...{ ...job, tasks: [], transitions: [], failedFrames: '', failedFrameCount: null },
    job: { ...job.job, name: null, status: null, tasks: null, isNamed: false, goesOn: false },
  };
  server.tell({ ...transitionAt(NOW / 1_000, 'task-failed', 1), job: ID });
  await page.getByText('Not stopped yet').waitFor();
  await page.getByText('No task has started yet.').waitFor();
  expect(errors).toEqual([]);
});
