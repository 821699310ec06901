import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { toItemOrOutcome } from '../../src/ingest.ts';
import { loadFunction } from '../support/function.ts';
import { context, event, job, record, task } from '../support/records.ts';
import { emptyTables } from '../support/tables.ts';

const { environment, row } = await emptyTables();
const handler = await loadFunction(environment);

const withoutSentTimestamp = record(task('j', 0));
delete (withoutSentTimestamp.attributes as { SentTimestamp?: string }).SentTimestamp;

const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const withField = (json: string) => JSON.stringify(task('j', 0, { X: 0 })).replace('"X":0', json);

const CASES: [name: string, record: SQSRecord, reason: string][] = [
  ['no JSON', record('hello'), 'body: is not JSON'],
  [
    'half a notification',
    record(JSON.stringify(job('j')).slice(0, 40)),
    'body: is not JSON (position 40)',
  ],
  ['an empty body', record(''), 'body: is empty'],
  ['a blank body', record(' \n'), 'body: is empty'],
  ['a list', record('[1]'), 'body: must be an object, not a list'],
  ['a number', record('7'), 'body: must be an object, not 7'],
  ['null', record('null'), 'body: must be an object, not null'],
  ['no NotificationInfo', record({ JobDetails: { JobID: 'j' } }), 'NotificationInfo: is missing'],
  [
    'a text for NotificationInfo',
    record({ NotificationInfo: 'Job' }),
    'NotificationInfo: must be an object, not "Job"',
  ],
  ['no Name', record(job('j', { NotificationInfo: {} })), 'NotificationInfo.Name: is missing'],
  [
    'an empty Name',
    record(job('j', { NotificationInfo: { Name: '' } })),
    'NotificationInfo.Name: must not be empty, not ""',
  ],
  [
    'no JobDetails',
    record({ NotificationInfo: { Name: 'JobStoppedNotification' } }),
    'JobDetails: is missing',
  ],
  [
    'no TaskDetails',
    record({ NotificationInfo: { Name: 'StartedTaskNotification' } }),
    'TaskDetails: is missing',
  ],
  ['no JobID of a job', record(job(undefined)), 'JobDetails.JobID: is missing'],
  ['no JobID of a task', record(task(undefined, 0)), 'TaskDetails.JobID: is missing'],
  ['an empty JobID', record(job('')), 'JobDetails.JobID: must not be empty, not ""'],
  ['a number for JobID', record(job(7)), 'JobDetails.JobID: must be a string, not 7'],
  [
    'a JobID of 2,049 bytes',
    record(job(`é${'x'.repeat(2_047)}`)),
    'JobDetails.JobID: must be at most 2048 bytes',
  ],
  ['no TaskID', record(task('j', undefined)), 'TaskDetails.TaskID: is missing'],
  ['half a TaskID', record(task('j', 0.5)), 'TaskDetails.TaskID: must be a whole number, not 0.5'],
  [
    'a text for TaskID',
    record(task('j', '0')),
    'TaskDetails.TaskID: must be a whole number, not "0"',
  ],
  [
    'null for TaskID',
    record(task('j', null)),
    'TaskDetails.TaskID: must be a whole number, not null',
  ],
  [
    'a TaskID past 2^53',
    record(withField('"a":0').replace('"TaskID":0', '"TaskID":9007199254740993')),
    'TaskDetails.TaskID: must be a whole number, not 9007199254740993',
  ],
  ['no SentTimestamp', withoutSentTimestamp, 'attributes.SentTimestamp: is missing'],
  [
    'a SentTimestamp that is no number',
    record(task('j', 0), 'now'),
    'attributes.SentTimestamp: must be milliseconds since the epoch, in digits, not "now"',
  ],
  [
    '39 digits',
    record(withField('"X":123456789012345678901234567890123456789')),
    'X: a number of 39 digits; DynamoDB holds 38',
  ],
  [
    '39 digits in a list in a map',
    record(withField('"X":{"Y":[0,1.23456789012345678901234567890123456789]}')),
    'X.Y.1: a number of 39 digits',
  ],
  [
    '1e126',
    record(withField('"X":1e126')),
    'X: the number 1e126; DynamoDB holds magnitudes from 1e-130 to 9.9e125',
  ],
  ['1e400', record(withField('"X":1e400')), 'X: the number 1e400'],
  ['1e-131', record(withField('"X":-1e-131')), 'X: the number -1e-131'],
  [
    '33 lists in each other',
    record(withField(`"X":${nested(33)}`)),
    "nested deeper than DynamoDB's 32 levels",
  ],
  [
    '100,000 lists in each other',
    record(withField(`"X":${nested(100_000)}`)),
    "nested deeper than DynamoDB's 32 levels",
  ],
  [
    '100,000 lists around an exact number',
    record(withField(`"X":${nested(100_000).replace('1', '1e5')}`)),
    'body: nests too deeply to be read',
  ],
  ['an empty name', record(withField('"X":{"":1}')), 'X."": an empty name'],
  ['an empty name at the top', record(withField('"":1')), '"": an empty name'],
  [
    'a name of 65,536 bytes',
    record(task('j', 0, { X: { ['n'.repeat(65_536)]: 1 } })),
    "a name of more than DynamoDB's 65535 bytes",
  ],
  ['half a surrogate pair', record(withField('"X":"\\ud83d"')), 'X: half of a surrogate pair'],
  ['half a surrogate pair in a name', record(withField('"\\ud83d":1')), 'half of a surrogate pair'],
  [
    'fields at the top that make a statement too long',
    record(
      task('j', 0, Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`Field${i}`, i]))),
    ),
    'body: too many or too long names at its top',
  ],
  [
    'a Name that, stored twice, is too large',
    record(task('j', 0, { NotificationInfo: { Name: '€'.repeat(130_000) } })),
    'body: makes an item of',
  ],
  ['400 KB', record(task('j', 0, { X: 'x'.repeat(409_600) })), 'body: makes an item of 409'],
];

test.for(CASES)('%s is refused alone, with the reason', async ([, bad, reason], { expect }) => {
  expect(toItemOrOutcome(bad)).toEqual({
    status: 'invalid',
    reason: expect.stringContaining(reason),
  });

  const neighbour = crypto.randomUUID();
  const batch = event(record(task(neighbour, 0)), bad, record(job(neighbour)));
  expect(await handler(batch, context())).toEqual({
    batchItemFailures: [{ itemIdentifier: bad.messageId }],
  });
  expect(await row(neighbour, 0)).toBeDefined();
  expect(await row(neighbour)).toBeDefined();
});

const fields = (count: number, prefix: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, index]));

test.for(['', 'é', '名', '😀', '"', "'"].map((character) => character.repeat(20)))(
  'a row of as many fields named %s as are taken can be replaced by one of as many others',
  async (character) => {
    const jobId = crypto.randomUUID();
    const largest = (prefix: string) => {
      const counts = Array.from({ length: 1_000 }, (_, index) => 1_000 - index);
      const count = counts.find((each) => {
        return !(
          'reason' in toItemOrOutcome(record(task(jobId, 0, fields(each, character + prefix))))
        );
      });
      return task(jobId, 0, fields(count ?? 0, character + prefix));
    };
    const batches = [record(largest('First'), 1_000), record(largest('Other'), 1_001)];
    for (const each of batches) {
      expect(await handler(event(each), context())).toEqual({ batchItemFailures: [] });
    }
    expect(await row(jobId, 0)).toMatchObject({
      sent_timestamp: { N: '1001' },
      [`${character}Other20`]: { N: '20' },
    });
  },
);

test('a notification that is refused does not keep back the one that it would supersede', async () => {
  const jobId = crypto.randomUUID();
  const older = record(task(jobId, 0, { state: 'older' }), 1_000);
  const bad = record(task(jobId, 0, fields(2_000, 'Field')), 1_001);
  expect(await handler(event(bad, older), context())).toEqual({
    batchItemFailures: [{ itemIdentifier: bad.messageId }],
  });
  expect((await row(jobId, 0))?.state).toEqual({ S: 'older' });
});

test.for([
  ['nothing', undefined],
  ['no records', {}],
  ['an event from SNS', { Records: [{ EventSource: 'aws:sns', Sns: {} }] }],
])('%s is no event from SQS', async ([, notSqs]) => {
  await expect(handler(notSqs as never, context())).rejects.toThrow('Not an event from SQS');
});
