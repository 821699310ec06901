import { afterEach, beforeEach, vi } from 'vitest';

/** What makes a function log, and write metrics, as it does when it is deployed. */
export const AUDIBLE = { POWERTOOLS_LOG_LEVEL: 'INFO', POWERTOOLS_METRICS_DISABLED: 'false' };

/** What each test's invocations log, and write as metrics. */
export function captureLines(): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        lines.push(parsed(String(text)));
        return true;
      });
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return lines;
}

/** Not to throw: what a console's stream throws, the console hides. */
function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
