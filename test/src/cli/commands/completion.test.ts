import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { recordedRequests } from '../../../support/recorded-requests.ts';
import { runInProcess } from '../../../support/run-cli.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const folder = await mkdtemp(join(tmpdir(), 'completion-'));
afterAll(() => rm(folder, { recursive: true }));
const [config, credentials] = ['config', 'credentials'].map((name) => join(folder, name)) as [
  string,
  string,
];
await writeFile(
  config,
  `[default]
region = us-east-1
[profile farm]
sso_session = studio
[profile with"quote]
region = us-east-1
[sso-session studio]
sso_region = us-east-1
[services local]
dynamodb =
  endpoint_url = http://127.0.0.1:8000
`,
);
await writeFile(credentials, '[farm]\naws_access_key_id = a\n[rcs]\naws_access_key_id = b\n');
const env: NodeJS.ProcessEnv = {
  ...process.env,
  AWS_CONFIG_FILE: config,
  AWS_SHARED_CREDENTIALS_FILE: credentials,
};

/** What is answered to a shell that completes such a call, by the words that it would complete. */
async function completed(...words: string[]) {
  using recorded = await recordedRequests();
  const { stdout, stderr, code } = await runInProcess(['complete', '--', ...words], env);
  expect({ stderr, code, requests: recorded.unique() }).toEqual({
    stderr: '',
    code: 0,
    requests: [],
  });
  const lines = stdout.trimEnd().split('\n');
  const [directive] = lines.splice(-1);
  return { words: lines.map((line) => line.split('\t')[0]), lines, directive };
}

const [NO_FILES, FILES] = [':4', ':0'];

test('completes commands, with descriptions', async () => {
  const { words, lines, directive } = await completed('');
  expect(words).toEqual(expect.arrayContaining(['failed', 'jobs', 'wait', 'completion']));
  expect(words).not.toContain('complete');
  expect(lines).toContain('wait\twaits until a job stops, then shows how');
  expect(directive).toBe(NO_FILES);
});

test.for([
  [['dead-letters', 'd'], ['delete']],
  [['bo'], ['board']],
  [['board', '--o'], ['--open']],
  [
    ['report', '--format', ''],
    ['html', 'md', 'text'],
  ],
  [
    ['jobs', '--st'],
    ['--stack', '--status'],
  ],
  [
    ['jobs', '--status', ''],
    ['Active', 'Completed', 'Deleted', 'Failed', 'Pending', 'Suspended'],
  ],
  [['tasks', '--status', 'Failed,R'], ['Failed,Rendering']],
  [
    ['send', '--sample', ''],
    ['job', 'task'],
  ],
  [
    ['completion', ''],
    ['bash', 'fish', 'powershell', 'zsh'],
  ],
  [
    ['--profile', ''],
    ['default', 'farm', 'rcs'],
  ],
  [['jobs', '--profile', 'f'], ['farm']],
  [['job', ''], []],
  [['jobs', '--user', ''], []],
] as [string[], string[]][])('completes %j: %j', async ([words, expected]) => {
  const answer = await completed(...words);
  expect(answer.words.sort()).toEqual(expected);
  expect(answer.directive).toBe(NO_FILES);
});

test('leaves files to the shell', async () => {
  expect(await completed('send', '')).toMatchObject({ lines: [], directive: FILES });
});

test('without the double dash, which some versions of npm drop in PowerShell, does the same', async () => {
  const { stdout } = await runInProcess(['complete', 'jobs', '--us'], env);
  expect(stdout).toMatch(/^--user\t/);
});

test('without AWS configuration files, completes no profile', async () => {
  const nowhere = { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' };
  const { stdout, code } = await runInProcess(['complete', '--', '--profile', ''], {
    ...env,
    ...nowhere,
  });
  expect(stdout).toBe(':4\n');
  expect(code).toBe(0);
});

test.for([
  ['bash', 'complete -o default -F _deadline_notifications deadline-notifications\n'],
  ['zsh', 'requestComp="deadline-notifications complete -- '],
  ['fish', '(deadline-notifications complete -- $args[2..-1] "$lastArg" 2> /dev/null)'],
  ['powershell', `$RequestComp = "& deadline-notifications complete '--' $QuotedArgs"`],
] as const)('prints a script for %s that asks the installed command', async ([shell, asks]) => {
  const { stdout, stderr, code } = await runInProcess(['completion', shell], env);
  expect(stdout).toContain(asks);
  expect(stdout).not.toContain(ROOT);
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('says which shells there are', async () => {
  const { stderr, code } = await runInProcess(['completion', 'tcsh'], env);
  expect(stderr).toContain('Allowed choices are bash, fish, powershell, zsh.');
  expect(code).toBe(64);
});

test('its help says where to put the script, as the documentation does', async () => {
  const { stdout } = await runInProcess(['completion', '--help'], env);
  const [, places = ''] = /Where to put it:\n(.*)$/s.exec(stdout) ?? [];
  const commands = places.match(/(eval|deadline-notifications) .*(?=\n)/g) ?? [];
  expect(commands).toHaveLength(4);
  const page = await readFile(join(ROOT, 'docs', 'command-line.md'), 'utf8');
  for (const command of commands) expect(page).toContain(command.replaceAll('|', '\\|'));
});

test('an interactive bash completes by its script, also when it has read it twice', async () => {
  const command = join(folder, 'deadline-notifications');
  const cli = join(ROOT, 'bin', 'cli.ts');
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  await chmod(command, 0o755);
  const { stdout: script } = await runInProcess(['completion', 'bash'], env);
  await writeFile(join(folder, 'completion.bash'), script);
  const shell = spawn('bash', ['--norc', '--noprofile', '-i'], {
    cwd: folder,
    env: { ...env, PATH: `${folder}:${process.env.PATH}`, HISTFILE: '', INPUTRC: '/nowhere' },
  });
  const cancelled = '\x15'; // Ctrl-U: nothing is executed
  shell.stdin.end(
    `${'. ./completion.bash\n'.repeat(2)}` +
      `deadline-notifications jobs --since "yest 18:00" --status=Fai\t${cancelled}\n` +
      `deadline-notifications send completion.b\t${cancelled}\n`,
  );
  // Without a terminal, bash shows what is typed on standard error.
  const [screen] = await Promise.all([text(shell.stderr), text(shell.stdout), once(shell, 'exit')]);
  expect(screen).toContain('jobs --since "yest 18:00" --status=Failed');
  expect(screen).toContain('send completion.bash');
  expect(screen).not.toMatch(/readonly|not found/);
});
