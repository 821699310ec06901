import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENTRY_COLUMNS } from '../../../../src/cli/export/entry-export-columns.ts';
import type { ExportColumn } from '../../../../src/cli/export/export-column.ts';
import { JOB_COLUMNS } from '../../../../src/cli/export/job-export-columns.ts';
import { TASK_COLUMNS } from '../../../../src/cli/export/task-export-columns.ts';
import { JobDetails, TaskDetails } from '../../../../src/shared/documented-fields.ts';
import { HistoryEntry } from '../../../../src/shared/history-entry.ts';
import { DUCKDB_TYPES } from '../../../support/duckdb.ts';

const PAGE = readFileSync(
  join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'export.md'),
  'utf8',
);

type Column = Omit<ExportColumn<never>, 'value'>;
const KINDS: readonly (readonly [string, readonly Column[]])[] = [
  ['jobs', JOB_COLUMNS],
  ['tasks', TASK_COLUMNS],
  ['history', ENTRY_COLUMNS],
];

describe.for(KINDS)('%s', ([kind, columns]) => {
  test('has the columns that are documented, with their types, units, and fields', () => {
    const table = columns.map(({ name, field, about = '', ...column }) => {
      const cells = [
        `\`${name}\``,
        `\`${DUCKDB_TYPES[column.type]}\``,
        column.unit ?? '',
        `\`${field}\``,
        about,
      ];
      return `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
    });
    const [, section = ''] = new RegExp(`^### Columns of ${kind}$(.*?)^##`, 'ms').exec(PAGE) ?? [];
    const documented = section.split('\n').filter((line) => line.startsWith('| `'));
    expect(documented).toEqual(table);
  });

  test('has no name twice', () => {
    const names = columns.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});

test('has all that Deadline documents of details', () => {
  const fieldsOf = (columns: readonly Column[], map: string) =>
    columns.flatMap(({ field }) => (field.startsWith(`${map}.`) ? field.split('.')[1] : []));
  const jobs = new Set(['JobID', ...fieldsOf(JOB_COLUMNS, 'job_details')]);
  const tasks = new Set(['JobID', 'TaskID', 'Name', ...fieldsOf(TASK_COLUMNS, 'task_details')]);
  expect(jobs).toEqual(new Set(Object.keys(JobDetails.shape)));
  expect(tasks).toEqual(new Set(Object.keys(TaskDetails.shape)));
});

test('has all of an entry', () => {
  const fields = ENTRY_COLUMNS.map(({ field }) => field);
  expect(new Set(fields)).toEqual(new Set(Object.keys(HistoryEntry.shape)));
});
