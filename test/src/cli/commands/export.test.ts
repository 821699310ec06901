import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ENTRY_COLUMNS } from '../../../../src/cli/export/entry-export-columns.ts';
import { JOB_COLUMNS } from '../../../../src/cli/export/job-export-columns.ts';
import { TASK_COLUMNS } from '../../../../src/cli/export/task-export-columns.ts';
import { DUCKDB_TYPES, queried } from '../../../support/duckdb.ts';
import { historyAt } from '../../../support/history-at.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';
import { emptyTables, JOBS, TASKS, withoutIndexes } from '../../../support/test-tables.ts';

const { client, deadline, onTerminal, happened, proxy } = await stackToAsk(historyAt('problems'));
const folder = await mkdtemp(join(tmpdir(), 'export-'));
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => proxy.reset());

const Timestamp = new Date(Date.now() - 3_600_000).toISOString();
const LARGEST = '18446744073709551615';
const MEASURED = {
  RenderTime: '1.02:03:04.5000000',
  OutputFileSizeBytes: 2 ** 40,
  PeakRamUsageBytes: 137438953472,
  AverageCpuUtilizationPercent: 87.5,
  PeakSwapBytes: 0,
  CompletedDateTime: '2026-08-13T15:56:58.986-05:00',
  Properties: { Ex0: '', ExDic: { Camera: 'persp', Samples: 64, Empty: '' }, Ex1: {} },
};
const zeros = Object.fromEntries(
  ['OutputFileSizeBytes', 'PeakRamUsageBytes', 'PeakSwapBytes', 'AverageRamUsageBytes']
    .concat(['AverageCpuUtilizationPercent', 'UsedCPUClocks', 'AvailableCPUClocks'])
    .map((name) => [name, 0]),
);
await happened(
  [
    30,
    {
      ...stoppedJob('odd', 'Failed', {
        JobName: '=HYPERLINK("x"), –\r\n β 🎬\u2028',
        UserName: '-fx',
        BatchName: '@b',
        NumberOfTasks: 3,
        JobPriority: -1,
        NumberOfErrors: 0,
        JobSubmitDateTime: '2026-08-08T13:17:12.005-05:00',
        JobCompletedDateTime: '0001-01-01T00:00:00Z',
        ExtraInfo: { ExtraInfo0: 'sq010', ExtraInfo1: '' },
      }),
      Timestamp,
    },
  ],
  [20, stoppedJob('plain', 'Active', { NumberOfTasks: 1, Department: '' })],
  // Exact in the body, as JavaScript has no such numbers.
  [
    31,
    JSON.stringify({ ...taskIn('odd', 0, 'Completed', MEASURED), Timestamp }).replace(
      '"PeakSwapBytes":0',
      `"PeakSwapBytes":0,"AverageRamUsageBytes":9007199254740993,"UsedCPUClocks":33177600000000001,"AvailableCPUClocks":${LARGEST}`,
    ),
  ],
  [31, { ...taskIn('odd', 1, 'Failed', { ...zeros, RenderTime: '-00:00:01' }), Timestamp }],
  [31, { ...taskIn('odd', 2, 'Rendering', { RenderTime: '00:00:00' }), Timestamp }],
  [21, taskIn('plain', 0, 'Completed', { RenderTime: '00:00:00' })],
  [600, stoppedJob('before', 'Completed')],
  [600, taskIn('before', 0, 'Completed')],
  [10, taskIn('goes-on', 0, 'Rendering')],
);

const exported = (kind: string, format: string, ...more: string[]) =>
  deadline(['export', kind, '--since', '2h', '--format', format, ...more]);

async function objects(kind: string): Promise<Record<string, unknown>[]> {
  const { stdout } = await exported(kind, 'jsonl');
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('jobs', () => {
  test('are those that stopped in the span, with what is known of them', async () => {
    const [plain, odd, ...others] = await objects('jobs');
    expect(others).toEqual([]);
    expect(plain).toMatchObject({ status: 'Deleted', deadlineStatus: 'Active', department: null });
    expect(odd).toMatchObject({
      job: 'odd',
      name: '=HYPERLINK("x"), –\r\n β 🎬\u2028',
      errors: 0,
      priority: -1,
      submitted: '2026-08-08T18:17:12.005Z',
      completed: null,
      batch: '@b',
      extraInfo: '{"ExtraInfo0":"sq010"}',
    });
    expect(Object.keys(odd ?? {})).toEqual(JOB_COLUMNS.map(({ name }) => name));
  });

  test('has the names and values of `jobs --json`', async () => {
    const all = await objects('jobs');
    const { stdout } = await deadline(['jobs', '--since', '2h', '--json']);
    const listed = stdout.trimEnd().split('\n');
    for (const [index, line] of listed.entries()) {
      const job = JSON.parse(line);
      expect(all[index]).toMatchObject(job);
    }
    expect(all.length).toBe(listed.length);
  });

  test('of unknown time are left out, which is said', async () => {
    proxy.faultOf = ({ operation }) =>
      operation === 'Query'
        ? {
            change: (answer) => {
              const [first, ...rest] = answer.Items as Record<string, unknown>[];
              const Items = first ? [{ ...first, sent_timestamp: { N: '1e15' } }, ...rest] : [];
              return { ...answer, Items };
            },
          }
        : undefined;
    const { stdout, stderr } = await exported('jobs', 'jsonl');
    expect(stdout.match(/\n/g)).toHaveLength(1);
    expect(stderr).toBe('Left out: 1 job of which it is not known when it stopped.\n');
  });
});

describe('tasks', () => {
  test('are those of these jobs, with what names the job', async () => {
    const all = await objects('tasks');
    expect(all.map(({ job, task, user }) => [job, task, user])).toEqual([
      ['plain', 0, 'comp-1'],
      ['odd', 0, '-fx'],
      ['odd', 1, '-fx'],
      ['odd', 2, '-fx'],
    ]);
    expect(Object.keys(all[0] ?? {})).toEqual(TASK_COLUMNS.map(({ name }) => name));
  });

  test('have sizes and clocks exactly, durations in s, and null for what is not known', async () => {
    const { stdout } = await exported('tasks', 'jsonl');
    const [plain, measured, unmeasured, rendering] = stdout.split('\n') as [
      ...[string, string, string, string],
    ];
    expect(measured).toContain('"renderSeconds":93784.5,');
    expect(measured).toContain('"averageRamBytes":9007199254740993,');
    expect(measured).toContain('"usedCpuClocks":33177600000000001,');
    expect(measured).toContain(`"availableCpuClocks":${LARGEST},`);
    expect(JSON.parse(measured)).toMatchObject({
      ...{ peakSwapBytes: 0, averageCpuPercent: 87.5, outputBytes: 2 ** 40 },
      ...{ completed: '2026-08-13T20:56:58.986Z', at: Timestamp },
      properties: '{"ExDic":{"Camera":"persp","Samples":64}}',
    });
    const counters = TASK_COLUMNS.filter(({ unit }) => unit !== undefined).map(({ name }) => name);
    for (const line of [unmeasured, rendering]) {
      const task = JSON.parse(line);
      for (const name of counters) expect(task).toHaveProperty(name, null);
    }
    // A stop may say that it did not render at all.
    expect(JSON.parse(plain)).toMatchObject({ renderSeconds: 0, properties: null });
  });
});

describe('rows of another program, whatever they hold,', () => {
  const sent = { N: String(Date.now() - 3 * 3_600_000) };
  const odd: Record<string, AttributeValue>[] = [
    {},
    { task_details: { S: 'text' }, worker_info: { NULL: true }, timestamp: { N: '1' } },
    { task_details: { L: [{ S: 'Completed' }] }, worker_info: { SS: ['a'] } },
    { task_details: { N: '1e30' }, sent_timestamp: { N: '-9e15' }, task_type: { BOOL: true } },
    { sent_timestamp: { N: '1e30' }, measured: { S: 'x' }, job_details: { S: 'x' } },
    {
      task_details: {
        M: {
          ...{ Status: { N: '5' }, RenderTime: { BOOL: true }, WorkerName: { B: Buffer.of(1) } },
          ...{ NumberOfErrors: { S: '3' }, PeakRamUsageBytes: { N: '-1' } },
          ...{ AvailableCPUClocks: { N: '1.5' }, UsedCPUClocks: { N: '2' } },
          ...{ Properties: { L: [{ N: '1e30' }] }, ExtraElements: { N: '1e30' } },
        },
      },
    },
  ];
  const put = (TableName: string, Item: Record<string, AttributeValue>) =>
    client.send(new PutItemCommand({ TableName, Item: { job_id: { S: 'other' }, ...Item } }));

  test.for(['jsonl', 'csv', 'parquet'])('are rows in %s', async (format) => {
    await put(JOBS, {
      ...{ task_type: { S: 'JobStoppedNotification' }, sent_timestamp: sent },
      ...{ job_details: { S: 'text' }, notification_info: { N: '1' } },
    });
    const ids = ['-1', '1.5', '2', '3', '4', '9007199254740993'];
    for (const [index, id] of ids.entries())
      await put(TASKS, { task_id: { N: id }, ...odd[index] });
    const others = ['--since', '4h', '--until', '150m', '--format', format];
    const [jobs, tasks] = ['jobs', 'tasks'].map((kind) => join(folder, `other-${kind}.${format}`));
    const told = await deadline(['export', 'jobs', ...others, '--output', jobs as string]);
    expect(told).toMatchObject({ stderr: `Wrote 1 row to ${jobs}.\n`, code: 0 });
    const { stderr, code } = await deadline([
      ...['export', 'tasks', ...others, '--output', tasks as string],
    ]);
    expect({ stderr, code }).toEqual({ stderr: `Wrote 6 rows to ${tasks}.\n`, code: 0 });
    if (format !== 'jsonl') return;
    const lines = (await readFile(tasks as string, 'utf8')).trimEnd().split('\n');
    // As text: JavaScript has no such number.
    expect(lines.map((line) => /"task":([^,]+)/.exec(line)?.[1])).toEqual([
      ...['-1', 'null', '2', '3', '4', '9007199254740993'],
    ]);
    const known = lines.map((line) =>
      Object.entries(JSON.parse(line)).flatMap(([name, value]) => (value === null ? [] : name)),
    );
    expect(known).toEqual([
      ['job', 'task'],
      ['job', 'at'],
      ...Array.from({ length: 4 }, () => ['job', 'task']),
    ]);
  });
});

describe('the history', () => {
  test('has the entries of the span', async () => {
    const all = await objects('history');
    expect(all).toMatchObject([
      { job: 'odd', task: null, transition: 'job-failed', at: Timestamp, user: '-fx' },
      { job: 'odd', task: 1, transition: 'task-failed', at: Timestamp, renderSeconds: null },
    ]);
    expect(Object.keys(all[0] ?? {})).toEqual(ENTRY_COLUMNS.map(({ name }) => name));
  });

  test('up to a time', async () => {
    const { stdout, stderr } = await exported('history', 'jsonl', '--until', '90m');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Nothing was recorded from .* to .*\.\n$/);
  });

  test('says what it costs, and asks', async () => {
    proxy.faultOf = ({ operation }) =>
      operation === 'DescribeTable'
        ? { change: () => ({ Table: { ItemCount: 1_234_567, TableSizeBytes: 2 ** 30 } }) }
        : undefined;
    const cost =
      'This reads the whole history, about 1,234,567 entries: some 131,072 read units, $0.02.';
    const file = join(folder, 'declined.csv');
    const { stderr, code } = await exported('history', 'csv', '--output', file);
    expect(stderr).toContain(`${cost} Nothing was read. To read without being asked, use --yes.\n`);
    expect(code).toBe(1);
    expect((await readdir(folder)).filter((name) => /declined/.test(name))).toEqual([]);
    expect(proxy.calls.map(({ operation }) => operation)).toEqual(['DescribeTable']);
    const agreed = await exported('history', 'jsonl', '--yes');
    expect(agreed.stderr).toBe(`${cost}\n`);
    expect(agreed.stdout).not.toBe('');
  });
});

test.for([
  ['jobs', JOB_COLUMNS],
  ['tasks', TASK_COLUMNS],
  ['history', ENTRY_COLUMNS],
] as const)('%s are the same in all formats', async ([kind, columns]) => {
  const { stdout } = await exported(kind, 'jsonl');
  const lines = stdout.trimEnd().split('\n');
  for (const format of ['jsonl', 'csv', 'parquet']) {
    const output = join(folder, `same-${kind}.${format}`);
    await deadline(['export', kind, '--since', '2h', '--output', output]);
  }
  // DuckDB takes the types of CSV and JSON from what they hold, so both are asked for what Parquet says.
  const types = columns.map(({ name, type }) => `'${name}': '${DUCKDB_TYPES[type]}'`);
  const read = (format: string) =>
    format === 'parquet'
      ? `read_parquet('same-${kind}.parquet')`
      : format === 'csv'
        ? `read_csv('same-${kind}.csv', types = {${types.join(', ')}})`
        : `read_json('same-${kind}.jsonl', columns = {${types.join(', ')}})`;
  const answers = await Promise.all(
    ['parquet', 'jsonl', 'csv'].map((format) => queried(folder, `FROM ${read(format)}`)),
  );
  const [parquet, jsonl, csv] = answers;
  expect(parquet).toHaveLength(lines.length);
  expect(jsonl).toEqual(parquet);
  const harmless = (value: unknown) =>
    typeof value === 'string' && /^[=@]|^-(?!\d)/.test(value) ? `'${value}` : value;
  expect(csv).toEqual(
    parquet?.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, harmless(value)])),
    ),
  );
});

test('CSV is that of RFC 4180, harmless in a spreadsheet, with a byte order mark if asked for', async () => {
  const { stdout } = await exported('jobs', 'csv');
  const [head] = stdout.split('\r\n');
  expect(head).toBe(JOB_COLUMNS.map(({ name }) => name).join(','));
  expect(stdout).toContain(`\r\nodd,"'=HYPERLINK(""x""), –\r\n β 🎬\u2028",'-fx,,`);
  expect(stdout).toContain(',3,,-1,,2026-08-08T18:17:12.005Z,,,');
  const withMark = await exported('jobs', 'csv', '--bom');
  expect(withMark.stdout).toBe(`\ufeff${stdout}`);
});

describe('the documentation', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/export.md'), 'utf8');
  const queries = [...page.matchAll(/```sql\n(.*?)```\n\n```text\n(.*?)\n/gs)];
  const rows = (sql: string) => queried(folder, sql);

  test('has queries that run, with their columns, and answer what they say', async () => {
    await exportAll();
    expect(queries.length).toBe(6);
    for (const [, sql = '', head = ''] of queries) {
      const columns = await rows(`SELECT column_name FROM (DESCRIBE ${sql.replace(';', '')})`);
      expect(columns.map(({ column_name }) => column_name)).toEqual(head.split(/ +/));
    }
    const [hours, workers, memory, slow, wasted, stored] = await Promise.all(
      queries.map(([, sql = '']) => rows(sql)),
    );
    // Around midnight, the jobs stopped on two days.
    expect(hours?.reduce((sum, each) => sum + Number(each.hours), 0)).toBe(26.1);
    expect(workers).toEqual([
      { worker: 'render-01', ran: '4', failed: '1', percent: '25', jobs: '1' },
    ]);
    expect(memory).toMatchObject([{ measured: '1', tasks: '4', mostGB: '137.4' }]);
    expect([slow, wasted]).toEqual([[], []]);
    expect(stored).toEqual([{ worker: 'render-01', tasks: '1', errors: '2' }]);
  });

  async function exportAll() {
    for (const kind of ['jobs', 'tasks', 'history']) {
      await exported(kind, 'parquet', '--output', join(folder, `${kind}.parquet`));
    }
    // As DynamoDB exports it.
    const task_details = { M: { WorkerName: { S: 'render-01' }, NumberOfErrors: { N: '2' } } };
    await mkdir(join(folder, 'data'), { recursive: true });
    const line = `${JSON.stringify({ Item: { job_id: { S: 'odd' }, task_details } })}\n`;
    await writeFile(join(folder, 'data', 'a.json.gz'), gzipSync(line));
  }
});

describe('a file', () => {
  const path = join(folder, 'file.jsonl');
  const write = (...more: string[]) => exported('jobs', 'jsonl', '--output', path, ...more);

  test('is written, which is said', async () => {
    const { stdout, stderr, code } = await write();
    expect({ stdout, stderr, code }).toEqual({
      stdout: '',
      stderr: `Wrote 2 rows to ${path}.\n`,
      code: 0,
    });
    expect(await readFile(path, 'utf8')).toBe((await exported('jobs', 'jsonl')).stdout);
  });

  test('that cannot be written is said before anything is read', async () => {
    const { stderr, code } = await exported('jobs', 'csv', '--output', folder);
    expect(stderr).toBe(`${folder} cannot be written: it is a folder. Give the name of a file.\n`);
    expect(code).toBe(74);
    expect(proxy.calls).toEqual([]);
  });

  test('is not left if AWS fails', async () => {
    await writeFile(path, 'before');
    const body = { __type: 'com.amazon.coral.service#AccessDeniedException', message: 'not you' };
    proxy.faultOf = ({ operation }) => (operation === 'Query' ? { status: 400, body } : undefined);
    expect((await write()).code).toBe(70);
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await leftBeside()).toEqual([]);
  });

  test('is not left if interrupted, and what was read is said', async () => {
    await writeFile(path, 'before');
    let isAsked = false;
    const { promise: ended, resolve: done } = Promise.withResolvers<void>();
    proxy.faultOf = ({ operation, input }) => {
      const isTasks = 'TableName' in input && /TaskNotifications/.test(String(input.TableName));
      if (operation !== 'Query' || !isTasks) return undefined;
      if (!JSON.stringify(input).includes('"odd"')) return undefined;
      isAsked = true;
      return { meanwhile: () => ended };
    };
    const call = ['export', 'tasks', '--since', '2h', '--format', 'parquet', '--output', path];
    const { stderr, code } = await deadline(call, {}, () => isAsked);
    done();
    expect(stderr).toMatch(/^Interrupted after [01] rows?\. /);
    expect(stderr).toContain(` ${path} was not written.\n`);
    expect(code).toBe(130);
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await leftBeside()).toEqual([]);
  });

  const leftBeside = async () => (await readdir(folder)).filter((name) => name.endsWith('.part'));
});

test.for([
  [['--format', 'csv', '--json'], 'Give either --json or --format csv.'],
  [
    ['--json', '--output', 'x.csv'],
    'Give either --json or an --output that does not end with .csv.',
  ],
  [['--format', 'jsonl', '--bom'], '--bom goes with CSV only.'],
  [['--format', 'xlsx'], "argument 'xlsx' is invalid. Allowed choices are jsonl, csv, parquet."],
  [[], 'Give --format jsonl, csv, or parquet, or an --output whose name ends with one of these.'],
  [
    ['--output', 'rows.txt'],
    'The name rows.txt does not tell the format. Give --format, or a name that ends with .jsonl, .csv, or .parquet.',
  ],
  [['--output', ''], 'Must not be empty.'],
] as [string[], string][])('with %j, says what is wrong', async ([options, message]) => {
  const { stderr, code } = await deadline(['export', 'jobs', '--since', '2h', ...options]);
  expect(stderr).toContain(message);
  expect(code).toBe(64);
  expect(proxy.calls).toEqual([]);
});

test('a terminal gets no Parquet', async () => {
  const call = ['export', 'jobs', '--since', '2h', '--format', 'parquet'];
  const { stdout, stderr, code } = await onTerminal(80, call);
  expect(stdout).toBe('');
  expect(stderr).toBe('A terminal cannot show Parquet. Give --output <file>, or use a pipe.\n');
  expect(code).toBe(64);
});

test('nothing in the span is said, and is a file with columns', async () => {
  const none = ['--until', '110m'];
  const file = join(folder, 'none.parquet');
  const { stderr, code } = await exported('tasks', 'parquet', '--output', file, ...none);
  expect(stderr).toMatch(/^There is no task of a job that stopped from .*\.\nWrote 0 rows to /);
  expect(code).toBe(0);
  const [{ columns }] = (await queried(
    folder,
    `SELECT count(*) AS columns FROM (DESCRIBE FROM 'none.parquet')`,
  )) as [{ columns: string }];
  expect(columns).toBe(String(TASK_COLUMNS.length));
  expect((await exported('jobs', 'csv', ...none)).stdout).toMatch(/^job,name,.*,notification\r\n$/);
});

test('without the history or an index, says what to do', async () => {
  const bare = await emptyTables(inject('dynamoDbEndpoint'), withoutIndexes(inject('template')));
  const call = ['export', 'tasks', '--since', '2h', '--format', 'csv'];
  const { stderr, code } = await deadline(call, bare.environment);
  expect(stderr).toContain('The table DeadlineJobNotifications has no index by-time.');
  expect(code).toBe(78);
});
