import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Browsers that may be installed, by Playwright's names of them. */
const INSTALLED = ['chrome', 'msedge', 'chromium'];

let browser: Promise<Browser> | undefined;

/**
 * The browser of all tests in this process, without a window. It takes seconds to start, so it stays; it ends with the
 * process. Take a context of it for each test, and close that.
 *
 * @throws {Error} if there is none, with what to install
 */
export function testBrowser(): Promise<Browser> {
  browser ??= openBrowser();
  return browser;
}

/**
 * What axe finds in a page, as sentences with the elements.
 *
 * @param place a selector, to look at less
 * @param rules only these
 */
export async function axeFindings(
  page: Page,
  place = 'html',
  rules?: readonly string[],
): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    async ([place, rules]) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(place, {
        // What passes is not told in detail: most of the time goes there.
        ...{ resultTypes: ['violations'], preload: false, iframes: false },
        ...(rules && { runOnly: [...rules] }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
    },
    [place, rules] as const,
  );
}

/**
 * Starts a browser: on Linux x86-64 the Chromium of the package `@sparticuz/chromium`, elsewhere an installed Chrome or
 * Edge.
 *
 * @throws {Error} if there is none, with what to install
 */
export async function openBrowser(): Promise<Browser> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    // Lets the package unpack the libraries that Chromium needs, too.
    process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
    const { default: packed } = await import('@sparticuz/chromium');
    packed.setGraphicsMode = false;
    // Not the package's own arguments: they are for Lambda (one process for all, no web security). In a container,
    // Chromium has no sandbox.
    const args = ['--no-sandbox'];
    return chromium.launch({ args, executablePath: await packed.executablePath() });
  }
  for (const channel of INSTALLED) {
    try {
      return await chromium.launch({ channel });
    } catch {
      // Not installed: try the next.
    }
  }
  throw new Error(
    'No browser found for the tests of the board. Install Google Chrome or Microsoft Edge.',
  );
}
