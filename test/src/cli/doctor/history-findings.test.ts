import { beforeAll, expect, inject, test } from 'vitest';
import { always } from '../../../support/function-behind-proxy.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';
import { HISTORY } from '../../../support/test-tables.ts';

const { controlPlane, doctor, feed, findings, historyOf, jobsSent, proxy, setTimeToLive } =
  await stackWithDoctor(inject('historyTemplate'));
feed();
beforeAll(() => setTimeToLive(HISTORY, 'expires_at'));

test('the history is one of the checked parts, and the test notification leaves no entry', async () => {
  const { stdout, code } = await doctor();
  expect(stdout).toMatch(/^✓ history +DeadlineNotificationHistory is ACTIVE$/m);
  expect(stdout).toMatch(
    /^✓ time to live +off: rows are kept forever; entries of the history are deleted after 30 days$/m,
  );
  expect(code).toBe(0);
  const [jobId = ''] = jobsSent();
  expect(await historyOf(jobId)).toEqual([]);
});

test('entries that do not expire, and variables other than the stack set them', async () => {
  Object.assign(controlPlane.deployed.sources[0] as object, { State: 'Creating' });
  await setTimeToLive(HISTORY, 'expires_at', false);
  const { Variables } = controlPlane.deployed.function.Environment as { Variables: object };
  Object.assign(Variables, { HISTORY: 'problems', HISTORY_DAYS: '3' });
  const { wrong } = await findings();
  await setTimeToLive(HISTORY, 'expires_at');
  expect(wrong.filter(({ step }) => step !== 'event source')).toMatchObject([
    { level: 'error', found: 'variable HISTORY: problems, should be all' },
    { level: 'error', found: 'variable HISTORY_DAYS: 3, should be 30' },
    {
      step: 'time to live',
      level: 'error',
      found: `${HISTORY}: off, should be on, by expires_at`,
      otherwise: 'Rows are not deleted after 30 days.',
    },
  ]);
});

test('a table with other keys', async () => {
  const KeySchema = [{ AttributeName: 'job_id', KeyType: 'HASH' }];
  const AttributeDefinitions = [{ AttributeName: 'job_id', AttributeType: 'S' }];
  const isHistory = (table: { TableName?: string }) => table.TableName === HISTORY;
  proxy.faultOf = always('DescribeTable', {
    change: ({ Table }) => ({
      Table: isHistory(Table as object)
        ? { ...(Table as object), KeySchema, AttributeDefinitions }
        : Table,
    }),
  });
  const { of, wrong } = await findings();
  expect(wrong).toMatchObject([
    {
      step: 'history',
      level: 'error',
      found: `keys of ${HISTORY}: job_id (S), should be job_id (S) and at (S)`,
      mend: expect.stringContaining('npx cdk deploy --revert-drift'),
    },
  ]);
  expect(of('notification')?.found).toBe('not sent: first fix history');
});
