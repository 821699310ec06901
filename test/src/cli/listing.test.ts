import { expect, test } from 'vitest';
import { Listing, type ListOptions, type View } from '../../../src/cli/listing.ts';
import type { Session } from '../../../src/cli/session.ts';
import { screenOf } from '../../../src/terminal/screen.ts';
import { captured } from '../../support/run-cli.ts';

interface Shot {
  readonly name: string;
  readonly frames?: number;
  readonly sent?: Date;
}

const VIEW: View<Shot> = {
  columns: [
    { name: 'shot', aka: 'name', value: ({ name }) => name, elide: 'middle', width: [16, 20] },
    { name: 'frames', value: ({ frames }) => frames, align: 'right' },
    { name: 'sent', value: ({ sent }) => sent },
    { name: 'notes', value: () => 'see the shot', elide: 'end', width: [4, 6] },
  ],
  always: ['shot'],
  further: ['frames', 'sent', 'notes'],
};

const SHOTS: Shot[] = [
  { name: 'sq10_a_very_long_name_v10', frames: 7, sent: new Date(Date.UTC(2026, 10, 25)) },
  { name: '=cmd|"x",y', frames: -12 },
  { name: 'tab\there\r\nnext' },
  { name: 'sq9', frames: 100 },
];

/** What a list prints; on a terminal of so many columns, if any. */
function list(
  options: ListOptions & { limit?: number },
  session: Partial<Session> = {},
  columns?: number,
  env: NodeJS.ProcessEnv = {},
) {
  const never = new AbortController().signal;
  const screen = screenOf(columns ? { isTTY: true, columns } : {}, { NO_COLOR: '1', ...env });
  return captured(() =>
    new Listing(VIEW, options, { output: never, json: false, screen, ...session } as Session).print(
      SHOTS,
      { limit: options.limit, title: (rows) => `Shots: ${rows.length} · whole`, fewer: 'cut it' },
    ),
  );
}

test('into a pipe, all columns are tab-separated and whole, without a head', async () => {
  const { stdout, stderr, code } = await list({});
  expect(stdout.split('\n')).toEqual([
    'sq10_a_very_long_name_v10\t7\t2026-11-25T00:00:00.000Z\tsee the shot',
    '=cmd|"x",y\t-12\t\tsee the shot',
    'tab here next\t\t\tsee the shot',
    'sq9\t100\t\tsee the shot',
    '',
  ]);
  expect([stderr, code]).toEqual(['', 4]);
});

test('--csv has a head, quotes as RFC 4180 has it, and no formulas', async () => {
  for (const columns of [undefined, 80]) {
    const { stdout } = await list({ csv: true }, {}, columns);
    expect(stdout).toBe(
      'shot,frames,sent,notes\r\n' +
        'sq10_a_very_long_name_v10,7,2026-11-25T00:00:00.000Z,see the shot\r\n' +
        '"\'=cmd|""x"",y",-12,,see the shot\r\n' +
        '"tab\there\r\nnext",,,see the shot\r\n' +
        'sq9,100,,see the shot\r\n',
    );
  }
});

test('--columns holds everywhere, in its order, by either name', async () => {
  const columns = ['frames', 'name'];
  expect((await list({ columns, limit: 1 })).stdout).toBe('7\tsq10_a_very_long_name_v10\n');
  expect((await list({ columns, limit: 1, csv: true })).stdout).toContain('frames,shot\r\n');
  expect((await list({ columns, limit: 1 }, { json: true })).stdout).toBe(
    '{"frames":7,"name":"sq10_a_very_long_name_v10"}\n',
  );
  const { stdout, stderr } = await list({ columns, limit: 1 }, {}, 60);
  expect(stdout).toBe('Shots: 1 · whole\nframes  shot\n     7  sq10_a_very_long_name_v10\n');
  expect(stderr).toBe('There are 3 more: raise --limit.\n');
});

test('--sort has the largest first, texts from A to Z, and what is not known last', async () => {
  const shots = async (sort: string) =>
    (await list({ sort, columns: ['shot'] })).stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, 4));
  expect(await shots('frames')).toEqual(['sq9', 'sq10', '=cmd', 'tab ']);
  expect(await shots('-frames')).toEqual(['=cmd', 'sq10', 'sq9', 'tab ']);
  expect(await shots('name')).toEqual(['=cmd', 'sq9', 'sq10', 'tab ']);
  expect(await shots('-shot')).toEqual(['tab ', 'sq10', 'sq9', '=cmd']);
});

test('a terminal has a title, a head, and a last line that says what is left out', async () => {
  const { stdout } = await list({ limit: 2 }, {}, 60);
  expect(stdout.split('\n')).toEqual([
    'Shots: 2 · whole',
    'shot                  frames  sent',
    'sq10_a_very_lon…_v10       7  2026-11-25T00:00:00.000Z',
    '=cmd|"x",y               -12',
    'Left out: notes. See --wide, --columns, --json.',
    '',
  ]);
});

test('--wide leaves nothing out, and cuts nothing', async () => {
  const { stdout } = await list({ limit: 1, wide: true }, {}, 60);
  expect(stdout.split('\n').slice(1)).toEqual([
    'shot                       frames  sent                      notes',
    'sq10_a_very_long_name_v10       7  2026-11-25T00:00:00.000Z  see the shot',
    '',
  ]);
});

test('where UTF-8 cannot be shown, symbols are in ASCII', async () => {
  const { stdout } = await list({ limit: 1 }, {}, 60, { LC_ALL: 'C' });
  expect(stdout).toMatch(/^Shots: 1 - whole\n/);
  expect(stdout).toContain('\nsq10_a_very_lon~_v10 ');
});

test.for([
  [
    { columns: ['shot', 'frame'] },
    'There is no column frame. Did you mean frames? Columns: shot, frames, sent, notes.',
  ],
  [{ sort: '-x' }, 'There is no column x. Columns: shot, frames, sent, notes.'],
] as const)('%j is wrong usage', ([options, message]) => {
  expect(() => new Listing(VIEW, options, {} as Session)).toThrow(message);
});

test('a table holds ten thousand rows unless --limit says otherwise, and says so', async () => {
  const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `s${index}` }));
  const never = new AbortController().signal;
  const screen = screenOf({ isTTY: true, columns: 80 }, { NO_COLOR: '1' });
  const session = { output: never, json: false, screen } as Session;
  const print = (limit?: number) =>
    captured(() => new Listing(VIEW, {}, session).print(many, { limit, fewer: 'narrow --since' }));
  expect(await print()).toMatchObject({
    stderr: 'Stopped at 10,000 rows: narrow --since.\n',
    code: 10_000,
  });
  expect(await print(20_000)).toMatchObject({ stderr: '', code: 10_001 });
});
