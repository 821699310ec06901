import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

let output: string;
beforeEach(async () => {
  output = await mkdtemp(join(tmpdir(), 'cdk-'));
});
afterEach(() => rm(output, { recursive: true }));

/** `npx cdk synth` with a context, as a user calls it. */
function synth(...context: string[]): Promise<{ code: number | null; stderr: string }> {
  const options = ['synth', '--quiet', '--output', output];
  const args = [...options, ...context.flatMap((each) => ['--context', each])];
  return new Promise((resolve) => {
    const cdk = join(ROOT, 'node_modules', '.bin', 'cdk');
    const child = execFile(cdk, args, { cwd: ROOT }, (_error, _stdout, stderr) => {
      resolve({ code: child.exitCode, stderr });
    });
  });
}

test('the context names the stack and configures it; names of other tools are ignored', async () => {
  const { code, stderr } = await synth(
    ...['prefix=London-', 'senders=123456789012,210987654321', 'allowRedrive=true'],
    ...['team=fx', 'vpcId=vpc-1'],
  );
  expect(stderr).toContain(
    'Ignored, because it is no setting: team, vpcId. Settings are: prefix, alarmEmail,',
  );
  expect(stderr).not.toContain('feature flags');
  expect(code).toBe(0);
  const template = join(output, 'London-DeadlineNotifications.template.json');
  const text = await readFile(template, 'utf8');
  for (const sender of ['123456789012', '210987654321']) expect(text).toContain(`iam::${sender}`);
  expect(text).not.toContain('StartMessageMoveTask');
});

test('an invalid configuration is reported in a sentence, and nothing is synthesized', async () => {
  const { code, stderr } = await synth('retentiondays=90', 'batchSize=0');
  expect(stderr).toContain(
    'Configuration: batchSize must be a whole number from 1 to 10000, not 0;',
  );
  expect(stderr).toContain('retentiondays is unknown (did you mean retentionDays?).');
  expect(stderr).toContain('It comes from -c, cdk.json,');
  expect(stderr).toContain('Subprocess exited with error 1');
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(1);
  expect(await readdir(output)).not.toContain('DeadlineNotifications.template.json');
});
