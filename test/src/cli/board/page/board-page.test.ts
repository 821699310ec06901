import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { FarmState, JobsState } from '../../../../../src/cli/board/state/farm-state.ts';
import type { Transition } from '../../../../../src/shared/history-entry.ts';
import {
  failedAt,
  farmOfNight,
  JOBS_OF_NIGHT,
  jobsOfNight,
  LIVE,
  MORNING,
  stoppedAt,
} from '../../../../support/board-answers.ts';
import { serveBoardOf } from '../../../../support/board-stand-in.ts';
import { axeFindings } from '../../../../support/browser.ts';
import { openBoard } from '../../../../support/open-board.ts';

const rows = (page: Page) => page.locator('.job-row .name').allInnerTexts();

function transition(job: string): Transition {
  return {
    ...{ id: `${job}//${Math.random()}`, at: new Date(MORNING).toISOString(), job, task: null },
    ...{ transition: 'job-failed', status: 'Failed', reason: null, worker: null },
    ...{ frames: null, errors: null },
  };
}

test('the overview tells what failed, what stopped, and what renders', async () => {
  await using board = await openBoard('/');
  const { page, errors } = board;
  await page.getByText('sq040_sh0310_cache_v003').first().waitFor();
  const failed = page.locator('.failed-row').first();
  expect(await failed.innerText()).toMatch(
    /sq040_sh0310_cache_v003\s+fx-3 · Houdini · ran 25:35\s+7 of 41 tasks failed\s+1027-1040\s+14 frames\s+render-035\s+×2\s+5 others, one each\s+Copy frames\s+01:47\s+5 h 55/,
  );
  expect(await page.locator('.summary').innerText()).toMatch(/42 tasks\s+in 12 jobs, 4 failed/);
  expect(await page.locator('.status-line').innerText()).toMatch(
    /Live\s*since 19:42 yesterday\s*newest row 07:40:23, 1 min \d\d s ago\s*looks every 5 s/,
  );
  expect(await page.locator('.rendering-task').first().innerText()).toMatch(/19:3\d\s+1\.5×/);
  expect(errors).toEqual([]);
});

test('axe finds nothing: overview wide and dark, jobs on a phone and light', async () => {
  // More rows of a kind tell nothing more, and take their time.
  const { failedJobs, wentOn, stopped, workers } = farmOfNight();
  const few = {
    ...{ failedJobs: failedJobs.slice(0, 2), wentOn: wentOn.slice(0, 2) },
    ...{ stopped: stopped.slice(0, 4), workers: workers.slice(0, 3) },
  };
  const answers = {
    '/api/farm': farmOfNight(few),
    '/api/jobs': jobsOfNight(
      JOBS_OF_NIGHT.filter(({ department }) => department === 'fx').slice(5),
    ),
  };
  await using board = await openBoard('/', answers, { colorScheme: 'dark' });
  const { page, server, errors } = board;
  await page.locator('[data-row]').first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${server.url}/jobs?department=fx&x=1`);
  await page.locator('[data-row]').first().waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await axeFindings(page)).toEqual([]);
  expect(errors).toEqual([]);
});

test('filters are in the URL, both ways', async () => {
  await using board = await openBoard('/jobs?status=Failed&department=fx');
  const { page } = board;
  await page.locator('.job-row').first().waitFor();
  expect(await rows(page)).toEqual(['sq040_sh0310_cache_v003', 'sq090_sh0380_pyro_v025']);
  await page.getByRole('checkbox', { name: 'comp 10' }).check();
  await expect.poll(() => rows(page)).toHaveLength(4);
  expect(new URL(page.url()).search).toBe('?status=Failed&department=fx,comp');
  await page.keyboard.press('f');
  await page.keyboard.type('0310');
  await expect.poll(() => rows(page)).toHaveLength(1);
  expect(page.url()).toContain('text=0310');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => rows(page)).toHaveLength(JOBS_OF_NIGHT.length);
  // A row that was drawn before knows the filters that were set since.
  const row = page.locator('.job-row').filter({ hasText: 'sq060_sh0270_cache_v017' });
  await row.locator('.user button').click();
  await row.locator('.plugin button').click();
  await expect.poll(() => new URL(page.url()).search).toBe('?user=fx-4&plugin=Houdini');
  await page.goto(`${board.server.url}/jobs?user=fx-9&colour=red`);
  await page.getByText('No job fits. Without user there are 24.').waitFor();
  await page.getByText('cannot use the parameter “colour”').waitFor();
});

test('keys go to pages and rows, open, and do nothing in a field', async () => {
  await using board = await openBoard('/', { '/api/workers': { ...farmOfNight() } });
  const { page } = board;
  await page.locator('[data-row]').first().waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await page.locator('.job-row').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = page.locator('.job-row a').first();
  expect(await first.evaluate((link) => link === document.activeElement)).toBe(true);
  await page.keyboard.press('/');
  await page.keyboard.type('gw');
  // The page is drawn again each second.
  const drawn = await page.locator('.status-line').innerText();
  await expect.poll(() => page.locator('.status-line').innerText()).not.toBe(drawn);
  await page.keyboard.type('t?');
  expect(await page.getByRole('search').getByRole('searchbox').inputValue()).toBe('gwt?');
  expect(new URL(page.url()).pathname).toBe('/jobs');
  await page.keyboard.press('Enter');
  await page.getByText('No job fits.').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Single letters do something').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.getByText('No job fits.').waitFor();
});

test('values of rows, numbers, and the plot lead to what they say, by keyboard, too', async () => {
  await using board = await openBoard('/?hours=24', {
    '/api/workers': { ...farmOfNight(), workers: [] },
  });
  const { page } = board;
  const row = page.locator('.failed-row').first();
  await row.getByRole('link', { name: 'fx-3' }).click();
  await expect.poll(() => page.url()).toMatch(/\/jobs\?since=24h&user=fx-3$/);
  await page.goBack();
  await row.getByRole('link', { name: 'render-035' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(/\/workers\?text=render-035$/);
  await page.goBack();
  await page.getByRole('link', { name: /^Failed/ }).click();
  await expect.poll(() => page.url()).toMatch(/\/jobs\?failed=yes&since=24h$/);
  await page.goBack();

  const plot = page.getByRole('slider', { name: 'Arrivals' });
  await plot.focus();
  // The newest bar with failed tasks.
  const spoken = () => plot.getAttribute('aria-valuetext');
  expect(await spoken()).toMatch(/^01:42 to 01:52: \d+ came, 8 tasks failed$/);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(spoken).toMatch(/^19:52 to 20:12: \d+ came, 12 tasks failed$/);
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.url())
    .toMatch(/\/jobs\?since=2026-11-24T00:52Z&until=2026-11-24T01:12Z$/);
});

test('values of notifications are text, never markup', async () => {
  const name = '<img src=x onerror="document.title=1">';
  const odd = stoppedAt('07:30', { name, user: '<b>u</b>', plugin: '</script>', status: name });
  await using board = await openBoard('/jobs', {
    '/api/jobs': jobsOfNight([odd]),
    '/api/farm': farmOfNight({
      stopped: [odd],
      failedJobs: [
        {
          ...odd,
          failedTasks: [1],
          frames: name,
          frameCount: 1,
          workers: [[name, 1]],
          lastFailed: null,
        },
      ],
    }),
  });
  const { page, errors } = board;
  await page.locator('.job-row').waitFor();
  expect(await page.locator('.job-row .name').innerText()).toBe(name);
  await page.goto(board.server.url);
  await page.locator('.failed-row').waitFor();
  expect(await page.locator('#board img, #board b b, #board script').count()).toBe(0);
  expect(await page.title()).toBe('Deadline Notifications');
  expect(errors).toEqual([]);
});

test('a new row waits while the pointer is in the list, and counts do not wait', async () => {
  let farm: FarmState = farmOfNight();
  await using board = await openBoard('/', { '/api/farm': () => farm });
  const { page, server } = board;
  await page.locator('.stopped-row').first().hover();
  const news = stoppedAt('07:41', { name: 'sq999_new' });
  farm = farmOfNight({
    stopped: [news, ...JOBS_OF_NIGHT],
    summary: { ...farm.summary, stoppedJobs: 99 },
  });
  server.tell(transition(news.job));
  await page.getByRole('button', { name: 'Show 1 new row' }).waitFor();
  expect(await page.locator('.summary').innerText()).toContain('99');
  expect(await page.getByText('sq999_new').count()).toBe(0);
  await page.keyboard.press('.');
  await page.getByText('sq999_new').waitFor();
  expect(await page.title()).toBe('(1) Deadline Notifications');

  // Under the pointer, tasks that render stay where they are, too.
  const tasks = page.locator('.rendering-task');
  await tasks.first().hover();
  const before = await tasks.allInnerTexts();
  farm = {
    ...farm,
    failedJobs: [failedAt('07:42', [0, 1], '1-2', [], { name: 'sq999_newer' }), ...farm.failedJobs],
    rendering: farm.rendering.map((job) => ({ ...job, tasks: job.tasks.slice(1) })),
  };
  await page.evaluate(() => scrollTo(0, 10_000));
  server.tell(transition('sq999_newer'));
  await expect.poll(() => page.locator('.rendering-task.gone').count()).toBe(4);
  expect(await tasks.count()).toBe(before.length);
  expect(await page.getByText('sq999_newer').count()).toBe(0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByText('sq999_newer').waitFor();
});

test('the page says that its server ended, and goes on by itself', async () => {
  await using board = await openBoard('/');
  const { page, server } = board;
  await page.locator('[data-row]').first().waitFor();
  await server[Symbol.asyncDispose]();
  await page.getByText('The board was stopped.').waitFor();
  expect(await page.locator('.status-line').innerText()).toContain('Cut off');
  // What was read stays.
  expect(await page.locator('.failed-row').count()).toBe(4);
  await using again = await serveBoardOf({ '/api/farm': farmOfNight() }, server.port);
  await page.getByText('The board was stopped.').waitFor({ state: 'detached' });
  expect(again.asked.some((path) => path.startsWith('/feed'))).toBe(true);
});

const WEATHER: Readonly<Record<string, readonly [farm: Partial<FarmState>, sentences: RegExp[]]>> =
  {
    'cut off': [
      {
        status: {
          ...LIVE,
          lamp: 'cut off',
          since: MORNING - 330_000,
          reason: 'No answer from AWS (ENOTFOUND).',
          nextTry: MORNING + 8000,
        },
      },
      [
        /No answer from AWS \(ENOTFOUND\)\./,
        /What you see is from 07:36:39\. Next try in \d s\./,
        /12 jobs as of 07:36:39/,
      ],
    ],
    credentials: [
      {
        status: {
          ...LIVE,
          lamp: 'cut off',
          reason: 'The AWS credentials expired. Renew them in any terminal.',
          command: 'aws sso login',
        },
      },
      [/The AWS credentials expired\.\s+Renew them/, /aws sso login/],
    ],
    late: [
      { status: { ...LIVE, lamp: 'late', reason: 'DynamoDB throttles.', lookEvery: 20_000 } },
      [/Late\s*DynamoDB throttles; looks every 20 s/],
    ],
    empty: [
      { status: { ...LIVE, newest: null }, stopped: [], failedJobs: [], wentOn: [] },
      [/Nothing has come yet\./, /send --sample job/],
    ],
    'a good night': [
      { failedJobs: [], wentOn: [] },
      [/Nothing failed in 12 h\. The last failure was at 01:42\./],
    ],
    'history off': [
      {
        status: {
          ...LIVE,
          history: 'off',
          rendering: 'off',
          notes: ['This clock is 4 min behind AWS.'],
        },
        rendering: [],
        summary: { ...farmOfNight().summary, requeues: null, renderingTasks: null },
      },
      [
        /–\s+history off/,
        /–\s+rendering off/,
        /Earlier tries and requeues are not shown/,
        /with rendering: on/,
        /4 min behind AWS/,
      ],
    ],
  };

test('says in a sentence what is so, and what to do', async () => {
  let farm: FarmState = farmOfNight();
  await using board = await openBoard('/', { '/api/farm': () => farm });
  const { page, server } = board;
  for (const [name, [changes, sentences]] of Object.entries(WEATHER)) {
    farm = farmOfNight(changes);
    await page.goto(`${server.url}/?hours=12`);
    await page.locator('.overview, .nothing-yet').waitFor();
    const text = await page.locator('#board').innerText();
    for (const sentence of sentences) expect(text, name).toMatch(sentence);
    if (name === 'cut off') expect(await axeFindings(page, '.weather'), name).toEqual([]);
  }
});

test('all jobs of the span are read, sorted, and counted; a thousand are drawn, and scroll', async () => {
  const many = Array.from({ length: 1200 }, (_, index) =>
    stoppedAt('01:00', {
      ...{ job: `job-${index}`, name: `name ${index}`, stopped: MORNING - index },
      user: index === 1150 ? 'fx-9' : 'comp-1',
    }),
  );
  const pages = (query: URLSearchParams): JobsState => {
    const from = Number(query.get('after') ?? 0);
    const after = from + 500 < many.length ? String(from + 500) : null;
    return { ...jobsOfNight(many.slice(from, from + 500)), after };
  };
  await using board = await openBoard('/jobs', { '/api/jobs': pages });
  const { page } = board;
  await page.getByText('1,200 of 1,200 jobs', { exact: true }).waitFor();
  expect(await page.locator('.job-row').count()).toBe(1000);
  await page.getByRole('checkbox', { name: 'fx-9 1' }).check();
  await expect.poll(() => rows(page)).toEqual(['name 1150']);
  await page.locator('.filter-bar > .plain').click();
  // Not by its role: to look for that among thousands of buttons takes seconds.
  await page.locator('.more button').click();
  await expect.poll(() => page.locator('.job-row').count()).toBe(1200);
  // What scrolls smoothly draws nothing anew.
  const drawn = await page.evaluate(async () => {
    let changes = 0;
    const observer = new MutationObserver((records) => {
      changes += records.length;
    });
    const table = document.querySelector('.jobs-table');
    if (table) observer.observe(table, { subtree: true, childList: true, characterData: true });
    for (let frame = 0; frame < 20; frame += 1) {
      scrollBy(0, 900);
      await new Promise(requestAnimationFrame);
    }
    return changes;
  });
  expect(drawn).toBe(0);
});

test('on a phone the pages are at the bottom, and every target is high enough', async () => {
  await using board = await openBoard(
    '/',
    {},
    { viewport: { width: 390, height: 844 }, hasTouch: true },
  );
  const { page } = board;
  await page.locator('[data-row]').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const low = await page
    .locator('a:visible, button:visible')
    .evaluateAll((targets) =>
      targets
        .map((target) => (target.closest('[data-row]') ?? target).getBoundingClientRect().height)
        .filter((height) => height < 43.5),
    );
  expect(low).toEqual([]);
  await page.getByRole('navigation').getByText('Jobs').last().click();
  await page.locator('.job-row').first().waitFor();
});
