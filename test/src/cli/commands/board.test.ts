import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { PAGE_PATHS } from '../../../../src/cli/board/page/route.ts';
import type { Printed } from '../../../support/run-cli.ts';
import { stackToAsk } from '../../../support/stack-to-ask.ts';

const { deadline } = await stackToAsk();

/** Runs the board until some work with its URL is done. */
async function served<T>(
  work: (url: string, printed: Printed) => Promise<T>,
  args: string[] = [],
  changed: NodeJS.ProcessEnv = {},
) {
  let working: Promise<unknown> | undefined;
  let isDone = false;
  let result: T | undefined;
  const ended = await deadline(['board', '--port', '0', ...args], changed, (printed) => {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed.stdout) ?? [];
    if (url === undefined || working !== undefined) return isDone;
    working = work(url, printed)
      .then((value) => {
        result = value;
      })
      .finally(() => {
        isDone = true;
      });
    return false;
  });
  await working;
  return { ...ended, result };
}

test('serves the page until Ctrl-C, and says where and what it may do', async () => {
  let address = '';
  const { stdout, stderr, code, result } = await served(async (url) => {
    address = url;
    const paths = [...Object.values(PAGE_PATHS), '/page.js', '/page.css', '/nowhere'];
    const answers = paths.map(async (path) => {
      const { status, headers } = await fetch(`${url}${path}`);
      return [status, headers.get('content-type')?.split(';')[0]];
    });
    return Promise.all(answers);
  });
  expect(result).toEqual([
    ...Object.values(PAGE_PATHS).map(() => [200, 'text/html']),
    [200, 'text/javascript'],
    [200, 'text/css'],
    [404, 'application/json'],
  ]);
  expect(stdout).toBe(`${address}\n`);
  expect(stderr).toBe(
    'The board of DeadlineNotifications, for this machine only. It reads the tables with your AWS credentials, and ' +
      'changes nothing. Ctrl-C ends.\n',
  );
  expect(code).toBe(130);
  await expect(fetch(address)).rejects.toThrow();
});

test('with --json, scripts get the URL', async () => {
  const { stdout, result } = await served(async (url) => url, ['--json']);
  expect(JSON.parse(stdout)).toEqual({ url: result });
});

test('if its port is taken, says so, and how to choose another', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const { stdout, stderr, code } = await deadline(['board', '--port', String(port)]);
  other.close();
  expect(stdout).toBe('');
  expect(stderr).toBe(
    `Port ${port} is taken: does another board run? Choose another with --port, or --port 0 for any that is free.\n`,
  );
  expect(code).toBe(70);
});

test.for(['-1', '65536', '080', '1.5', 'http', '1e3', ''])('--port %j is no port', async (port) => {
  const { stderr, code } = await deadline(['board', `--port=${port}`]);
  expect(stderr).toContain('Expected a port: a whole number from 0 to 65535.');
  expect(code).toBe(64);
});

test.runIf(process.platform === 'linux')(
  '--open opens it in the browser, or says that none did',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'browser-'));
    afterAll(() => rm(folder, { recursive: true }));
    const [browser, opened] = [join(folder, 'browser'), join(folder, 'opened')];
    await writeFile(browser, `#!/bin/sh\necho "$1" > '${opened}'\n`);
    await chmod(browser, 0o755);
    const desktop = {
      DISPLAY: undefined,
      WAYLAND_DISPLAY: undefined,
      XDG_CURRENT_DESKTOP: undefined,
    };
    const { result, stdout } = await served(
      async () => {
        const read = () => readFile(opened, 'utf8').catch(() => '');
        await expect.poll(read, { timeout: 10_000 }).not.toBe('');
        return read();
      },
      ['--open'],
      { ...desktop, BROWSER: browser },
    );
    expect(result).toBe(stdout);

    const { stderr } = await served(
      async (_, printed) => {
        while (!printed.stderr.includes('No browser')) await setTimeout(5);
      },
      ['--open'],
      { ...desktop, BROWSER: 'false' },
    );
    expect(stderr).toMatch(/\nNo browser opened \(exit code \d\)\. Open the URL yourself\.\n$/);
  },
);
