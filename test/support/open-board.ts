import type { BrowserContextOptions } from 'playwright-core';
import { farmOfNight, jobsOfNight } from './board-answers.ts';
import { type Answers, serveBoardOf } from './board-stand-in.ts';
import { testBrowser } from './browser.ts';

/**
 * A page of the board of a night, what its console said, and its server.
 *
 * @param begin runs in the page before anything else
 */
export async function openBoard(
  path: string,
  answers: Answers = {},
  options: BrowserContextOptions = {},
  begin?: () => void,
) {
  const all = { '/api/farm': farmOfNight(), '/api/jobs': jobsOfNight(), ...answers };
  const server = await serveBoardOf(all);
  const browser = await testBrowser();
  const context = await browser.newContext({
    timezoneId: 'America/New_York',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  if (begin) await page.addInitScript(begin);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (/^(error|warning)$/.test(message.type())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(server.url + path);
  return {
    ...{ server, page, errors },
    /** What the server answers; a test may change it. */
    answers: all as Answers,
    async [Symbol.asyncDispose]() {
      await context.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
