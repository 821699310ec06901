import { afterEach, beforeEach, vi } from 'vitest';

/** What each test's invocations log, and write as metrics. */
export function captureLines(): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        lines.push(JSON.parse(String(text)));
        return true;
      });
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return lines;
}
