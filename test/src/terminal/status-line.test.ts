import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StatusLine } from '../../../src/terminal/status-line.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Collects what is written. */
function output(isTTY: boolean) {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  return { isTTY, columns: 30, write, written: () => written };
}

const ERASE = '\r\u001b[K';

test('a terminal shows one line, at most as wide as the terminal, and erases it at the end', () => {
  const terminal = output(true);
  {
    using line = new StatusLine(terminal as never);
    line.show('1 of 4 tasks done', '0 s');
    line.show('1 of 4 tasks done', '2 s');
    line.show('1 of 4 tasks done, 2 \u001b[2J failed', '4 s');
    line.say('AWS does not answer');
  }
  expect(terminal.written()).toBe(
    `${ERASE}… 1 of 4 tasks done (0 s)${ERASE}… 1 of 4 tasks done (2 s)` +
      `${ERASE}… 1 of 4 tasks done, 2 \\u001…${ERASE}AWS does not answer\n`,
  );
});

test('on a terminal of unknown width, the line is not cut', () => {
  const terminal = { ...output(true), columns: 0 };
  new StatusLine(terminal as never).show('1 of 4 tasks done', '0 s');
  expect(terminal.written()).toBe(`${ERASE}… 1 of 4 tasks done (0 s)`);
});

test('elsewhere, each change is a line, at most one a minute, the first immediately', () => {
  const log = output(false);
  {
    using line = new StatusLine(log as never);
    line.show('1 done', '0 s');
    vi.advanceTimersByTime(59_999);
    line.show('2 done', '59 s');
    vi.advanceTimersByTime(1);
    line.show('2 done', '1 min');
    vi.advanceTimersByTime(120_000);
    line.show('2 done', '3 min');
    line.say('AWS does not answer');
    line.show('3 done', '3 min');
  }
  expect(log.written()).toBe(
    '… 1 done (0 s)\n… 2 done (1 min)\nAWS does not answer\n… 3 done (3 min)\n',
  );
});
