import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { retryUntilAnswered } from '../../../../src/cli/aws/retry-until-answered.ts';
import { StatusLine } from '../../../../src/terminal/status-line.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Requests that fail for so long each, and what is said of them. */
async function said(isTTY: boolean, ...silences: readonly number[]): Promise<string> {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  const line = new StatusLine({ isTTY, columns: 0, write });
  const retry = retryUntilAnswered(line, new AbortController().signal, 0);
  for (const silence of silences) {
    let attempts = 0;
    const answer = await retry(async () => {
      attempts += 1;
      if (attempts <= 2) {
        vi.advanceTimersByTime(attempts === 1 ? 0 : silence);
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      }
      return 'answered';
    });
    expect(answer).toBe('answered');
  }
  return written;
}

const TROUBLE = 'AWS does not answer (TimeoutError: socket hang up). Trying again.\n';

test('short trouble is told once', async () => {
  expect(await said(false, 10_000, 59_999)).toBe(TROUBLE);
});

test('the end of long trouble is told, and new trouble after it', async () => {
  expect(await said(false, 10_000, 720_000, 10_000)).toBe(
    `${TROUBLE}AWS answers again, after 12 min.\n${TROUBLE}`,
  );
});

test('a terminal shows how long it has lasted', async () => {
  expect(await said(true, 42_000)).toContain('… AWS does not answer, 42 s');
});
