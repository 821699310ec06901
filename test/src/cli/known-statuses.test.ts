import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KNOWN_STATUSES, parseStatus } from '../../../src/cli/known-statuses.ts';

const KINDS = ['job', 'task'] as const;
const COMMAND_LINE = join(import.meta.dirname, '../../../docs/command-line.md');

test.for(KINDS)('docs/command-line.md lists the statuses of a %s', (kind) => {
  const row = `| ${kind}s | ${KNOWN_STATUSES[kind].join(', ')} |`;
  expect(readFileSync(COMMAND_LINE, 'utf8')).toContain(row);
});

test.for(KINDS)('every status of a %s is known in any case, and none resembles another', (kind) => {
  for (const status of KNOWN_STATUSES[kind]) {
    expect(parseStatus(kind, status.toUpperCase())).toBe(status);
    expect(() => parseStatus(kind, `${status}x`)).toThrow(`Did you mean ${status}?`);
    expect(() => parseStatus(kind, status.slice(0, -1))).toThrow(`Did you mean ${status}?`);
  }
});

test("Deadline's other words are taken as they are", () => {
  for (const word of ['Archived', 'archived', 'Unknown', 'Requeued', 'Canceled', '部屋']) {
    expect(parseStatus('job', word)).toBe(word);
  }
});
