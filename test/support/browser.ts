import { type Browser, chromium } from 'playwright-core';

/** Browsers that may be installed, by Playwright's names of them. */
const INSTALLED = ['chrome', 'msedge', 'chromium'];

/**
 * Starts a browser without a window: on Linux x86-64 the Chromium of the package `@sparticuz/chromium`, elsewhere an
 * installed Chrome or Edge. It takes some seconds: start one for a file of tests, and a context for each test.
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
