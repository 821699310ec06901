import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { withBar } from '../../../src/terminal/progress.ts';

const { isTTY } = process.stderr;
afterEach(() => {
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
  vi.restoreAllMocks();
});

test('a bar says how much is left once something is done', async () => {
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
  let shown = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    shown += stripVTControlCharacters(String(text));
    return true;
  });
  await withBar('jobs', 4, async (onDone) => {
    expect(shown).toMatch(/^-+ 0 of 4 jobs$/);
    onDone(4);
  });
  expect(shown).toMatch(/=+ 4 of 4 jobs, 0s left/);
});
