import { UpdateTableCommand, type UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, inject, test } from 'vitest';
import { ofType, type Template } from '../../../../src/local/template.ts';
import { CONFIGURED } from '../../../support/configurations.ts';
import { functionArn, queueArn, TOPIC_ARN } from '../../../support/control-plane.ts';
import { always } from '../../../support/function-behind-proxy.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';
import { synthesized, text } from '../../../support/synthesized.ts';

const {
  client,
  controlPlane,
  deadLetterQueueUrl,
  feed,
  findings,
  outputs,
  proxy,
  queueUrl,
  sqsProxy,
  setQueue,
  setTimeToLive,
} = await stackWithDoctor();
feed();

const QUEUE = queueArn('DeadlineNotifications');
const DEAD_LETTERS = queueArn('DeadlineNotifications-DeadLetters');
const { JobTableName: JOBS = '', TaskTableName: TASKS = '' } = outputs;

/** What the stack sets, which is not what these tests are about. */
const [{ VisibilityTimeout: VISIBLE = 0, RedrivePolicy = {} } = {}] = ofType(
  inject('template'),
  'AWS::SQS::Queue',
)
  .map(([, properties]) => properties)
  .filter((properties) => 'RedrivePolicy' in properties);
const { maxReceiveCount: RECEIVES } = RedrivePolicy as { maxReceiveCount: number };

type Expected = readonly [
  step: string,
  level: 'hint' | 'error',
  found: string,
  mend: string | RegExp,
];

/** Compares all that doctor finds wrong. */
async function expectFindings(expected: readonly Expected[]) {
  const { wrong: all, code, of } = await findings();
  const wrong = all.filter(({ found }) => !found.startsWith('Creating: '));
  expect(wrong.map(({ step, level, found }) => [step, level, found])).toEqual(
    expected.map(([step, level, found]) => [step, level, found]),
  );
  for (const [index, [, , , mend]] of expected.entries()) {
    const { mend: text, otherwise } = wrong[index] ?? {};
    if (typeof mend === 'string') expect(text).toContain(mend);
    else expect(text).toMatch(mend);
    expect(otherwise).toMatch(/\.$/);
  }
  expect(code).toBe(expected.some(([, level]) => level === 'error') ? 1 : 0);
  return of;
}

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';

const set = (attributes: string) =>
  `aws sqs set-queue-attributes --region us-east-1 --queue-url ${queueUrl} --attributes '${attributes}'`;
const update = (change: string) =>
  `aws lambda update-event-source-mapping --region us-east-1 --uuid uuid-of-the-source ${change}`;
const configure = (change: string) =>
  `aws lambda update-function-configuration --region us-east-1 --function-name DeadlineNotifications ${change}`;
const RESTORE = 'npx cdk deploy --revert-drift';

/** Spares the wait for a notification, where all else is of interest. */
function sendNothing() {
  Object.assign(source(), { State: 'Creating' });
}

const source = () => controlPlane.deployed.sources[0] as Record<string, unknown>;

describe('the queue', () => {
  test('with other settings than the stack set', async () => {
    await setQueue({
      VisibilityTimeout: '30',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD_LETTERS, maxReceiveCount: 1 }),
      MessageRetentionPeriod: '345600',
      DelaySeconds: '900',
      MaximumMessageSize: '1024',
      SqsManagedSseEnabled: 'false',
      Policy: JSON.stringify({
        Statement: [
          { Sid: 'Nobody', Effect: 'Deny', Principal: '*', Action: 'sqs:Send*', Resource: '*' },
          {
            Sid: 'Tls',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Sid: 'Office',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            NotAction: 'sqs:GetQueueUrl',
            Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
          },
        ],
      }),
    });
    Object.assign(source(), { State: 'Disabled' });
    const of = await expectFindings([
      [
        'queue',
        'error',
        `visibility timeout: 30 s, should be ${VISIBLE} s`,
        set(`{"VisibilityTimeout":"${VISIBLE}"}`),
      ],
      [
        'queue',
        'error',
        `receives before a message becomes a dead letter: 1, should be ${RECEIVES}`,
        set(
          `{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"${DEAD_LETTERS}\\",\\"maxReceiveCount\\":\\"${RECEIVES}\\"}"}`,
        ),
      ],
      [
        'queue',
        'error',
        'message retention: 4 days, should be 14 days',
        set('{"MessageRetentionPeriod":"1209600"}'),
      ],
      ['queue', 'error', 'delivery delay: 900 s, should be 0 s', set('{"DelaySeconds":"0"}')],
      [
        'queue',
        'error',
        'maximum message size: 1024 bytes, should be 262144 bytes or more',
        set('{"MaximumMessageSize":"262144"}'),
      ],
      ['queue', 'hint', 'encryption: off, should be on', set('{"SqsManagedSseEnabled":"true"}')],
      [
        'queue',
        'error',
        'policy: the statement Nobody denies SendMessage',
        /Sid.*Tls.*Sid.*Office/,
      ],
      [
        'queue',
        'hint',
        'policy: the statement Office denies SendMessage, ReceiveMessage, DeleteMessage to some, or in some cases',
        /Sid.*Nobody.*Sid.*Tls/,
      ],
      ['event source', 'error', 'Disabled, should be Enabled', update('--enabled')],
    ]);
    expect(of('notification')?.level).toBe('skipped');
  });

  test('with dead letters elsewhere, and messages that expire first', async () => {
    sendNothing();
    const other = JSON.stringify({
      deadLetterTargetArn: queueArn('Old'),
      maxReceiveCount: 1_000,
    });
    await setQueue({ RedrivePolicy: other, MessageRetentionPeriod: '3600' });
    const RedriveAllowPolicy = JSON.stringify({ redrivePermission: 'denyAll' });
    await setQueue(
      { MessageRetentionPeriod: '60', Policy: '', RedriveAllowPolicy },
      deadLetterQueueUrl,
    );
    await expectFindings([
      [
        'queue',
        'error',
        `dead-letter queue: ${queueArn('Old')}, should be ${DEAD_LETTERS}`,
        '"RedrivePolicy"',
      ],
      [
        'queue',
        'error',
        'message retention: 3600 s, should be 14 days',
        set('{"MessageRetentionPeriod":"1209600"}'),
      ],
      [
        'dead letters',
        'error',
        'retention of dead letters: 60 s, should be 14 days',
        '{"MessageRetentionPeriod":"1209600"}',
      ],
      [
        'dead letters',
        'error',
        `queues that may use the dead-letter queue: none, should be ${QUEUE}`,
        'byQueue',
      ],
      [
        'dead letters',
        'hint',
        "SQS's own redrive of dead letters: allowed, should be denied",
        RESTORE,
      ],
    ]);
  });

  test('with a key that the stack does not know, and no dead-letter queue', async () => {
    sendNothing();
    await setQueue({ KmsMasterKeyId: KEY, RedrivePolicy: '' });
    await expectFindings([
      ['queue', 'error', `dead-letter queue: none, should be ${DEAD_LETTERS}`, '"RedrivePolicy"'],
      [
        'queue',
        'error',
        `encryption: the KMS key ${KEY}, should be a key that the stack knows`,
        'Set kmsKeyArn in cdk.json',
      ],
    ]);
  });

  test('with the key of AWS, or a longer visibility timeout, which delays', async () => {
    sendNothing();
    await setQueue({ KmsMasterKeyId: 'alias/aws/sqs', VisibilityTimeout: '43200' });
    await expectFindings([
      [
        'queue',
        'error',
        `visibility timeout: 43200 s, should be ${VISIBLE} s`,
        set(`{"VisibilityTimeout":"${VISIBLE}"}`),
      ],
    ]);
  });

  test('of another type, with another key than the stack set', async () => {
    sendNothing();
    const { template } = controlPlane.deployed as { template: Template };
    const encrypted = Object.entries(template.Resources).map(([id, each]) => [
      id,
      each.Type === 'AWS::SQS::Queue'
        ? { ...each, Properties: { ...each.Properties, KmsMasterKeyId: KEY } }
        : each,
    ]);
    controlPlane.deployed.template = { Resources: Object.fromEntries(encrypted) };
    const change = ({ Attributes }: Record<string, unknown>) => ({
      Attributes: { ...(Attributes as object), FifoQueue: 'true' },
    });
    sqsProxy.faultOf = always('GetQueueAttributes', { change });
    const fifo: Expected = ['queue', 'error', 'type: FIFO, should be Standard', 'existingQueueArn'];
    const found = (is: string) => `encryption: ${is}, should be the KMS key ${KEY}`;
    await expectFindings([fifo, ['queue', 'hint', found("SQS's own key"), '"KmsMasterKeyId"']]);

    await setQueue({ KmsMasterKeyId: `${KEY}6` });
    const other = `encryption: the KMS key ${KEY}6, should be ${KEY}`;
    await expectFindings([fifo, ['queue', 'error', other, 'Set kmsKeyArn']]);

    await setQueue({ KmsMasterKeyId: KEY.split('/')[1] as string });
    await expectFindings([fifo]);
  });
});

describe('the event source', () => {
  test('with other settings than the stack set, and other readers', async () => {
    const { sources } = controlPlane.deployed;
    Object.assign(source(), {
      FunctionResponseTypes: [],
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"JobDetails":[{"exists":true}]}}' }] },
      MaximumBatchingWindowInSeconds: 300,
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
      LastProcessingResult: 'PROBLEM: Function call failed',
    });
    const of = (name: string, arn: string, State = 'Enabled') => ({
      UUID: `uuid-of-${name}`,
      FunctionArn: functionArn(name),
      EventSourceArn: arn,
      State,
    });
    sources.push(
      of('ManualExample', QUEUE),
      of('DeadlineNotifications:old', QUEUE),
      of('Disabled', QUEUE, 'Disabled'),
      of('Archive', DEAD_LETTERS),
      of('DeadlineNotifications', queueArn('Other')),
    );
    const disable = (name: string) => `--uuid uuid-of-${name} --no-enabled`;
    await expectFindings([
      [
        'event source',
        'error',
        'last processing result: PROBLEM: Function call failed',
        'Lambda console',
      ],
      [
        'event source',
        'error',
        'function response types: none, should be ReportBatchItemFailures',
        update('--function-response-types ReportBatchItemFailures'),
      ],
      [
        'event source',
        'error',
        'filters: {"body":{"JobDetails":[{"exists":true}]}}, should be none',
        update("--filter-criteria '{}'"),
      ],
      [
        'event source',
        'error',
        'batching window: 300 s, should be 5 s',
        update('--maximum-batching-window-in-seconds 5'),
      ],
      ['event source', 'hint', 'batch size: 1, should be 500', update('--batch-size 500')],
      [
        'event source',
        'hint',
        'maximum concurrency: 2, should be 10',
        update('--scaling-config MaximumConcurrency=10'),
      ],
      ...(
        [
          ['ManualExample', QUEUE],
          ['DeadlineNotifications:old', QUEUE],
          ['Archive', DEAD_LETTERS],
        ] as const
      ).map(
        ([name, arn]): Expected => [
          'event source',
          'error',
          `${functionArn(name)} also reads ${arn}, nothing else should`,
          `uuid-of-${name}`,
        ],
      ),
      [
        'event source',
        'hint',
        `the function also reads ${queueArn('Other')}, should read only the queue`,
        disable('DeadlineNotifications'),
      ],
    ]);
  });

  test('of a queue of the same name in another region', async () => {
    const elsewhere = QUEUE.replace('us-east-1', 'eu-west-1');
    Object.assign(source(), { EventSourceArn: elsewhere });
    await expectFindings([
      [
        'event source',
        'error',
        `missing: the function DeadlineNotifications does not receive messages from ${QUEUE}`,
        'aws lambda create-event-source-mapping --region us-east-1 --function-name DeadlineNotifications' +
          ` --event-source-arn ${QUEUE} --function-response-types ReportBatchItemFailures` +
          ' --batch-size 500 --maximum-batching-window-in-seconds 5 --scaling-config MaximumConcurrency=10',
      ],
      [
        'event source',
        'hint',
        `the function also reads ${elsewhere}, should read only the queue`,
        update('--no-enabled'),
      ],
    ]);
  });
});

describe('the function', () => {
  test('with other settings than the stack set', async () => {
    const { deployed } = controlPlane;
    deployed.reserved = 0;
    Object.assign(deployed.function, {
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReason: 'no role',
      Timeout: 3,
      MemorySize: 128,
      Environment: {
        Variables: {
          JOB_TABLE_NAME: TASKS,
          TASK_TABLE_NAME: JOBS,
          NEWEST_BY: 'timestamp',
          RETENTION_DAYS: '1',
          EMPTY_FIELDS: 'omit',
          POWERTOOLS_METRICS_DISABLED: 'true',
          POWERTOOLS_SERVICE_NAME: 'DeadlineNotifications',
        },
      },
    });
    const variables = configure(
      `--environment '{"Variables":{"JOB_TABLE_NAME":"${JOBS}","TASK_TABLE_NAME":"${TASKS}",` +
        '"NEWEST_BY":"sent_timestamp","POWERTOOLS_SERVICE_NAME":"DeadlineNotifications"}}\'',
    );
    const variable = (level: 'hint' | 'error', found: string): Expected => [
      'function',
      level,
      `variable ${found}`,
      variables,
    ];
    await expectFindings([
      ['function', 'error', 'last update: Failed, should be Successful (no role)', RESTORE],
      [
        'function',
        'error',
        'reserved concurrency: 0, should be none, or 10 or more',
        'aws lambda delete-function-concurrency --region us-east-1 --function-name DeadlineNotifications',
      ],
      ['function', 'error', 'timeout: 3 s, should be 30 s', configure('--timeout 30')],
      ['function', 'error', 'memory: 128 MiB, should be 512 MiB', configure('--memory-size 512')],
      variable('error', `JOB_TABLE_NAME: ${TASKS}, should be ${JOBS}`),
      variable('error', `TASK_TABLE_NAME: ${JOBS}, should be ${TASKS}`),
      variable('error', 'NEWEST_BY: timestamp, should be sent_timestamp'),
      variable('error', 'RETENTION_DAYS: 1, should be not set'),
      variable('hint', 'EMPTY_FIELDS: omit, should be not set'),
      variable('hint', 'POWERTOOLS_METRICS_DISABLED: true, should be not set'),
    ]);
  });

  test('that Lambda could not start, or that has too little concurrency', async () => {
    const { deployed } = controlPlane;
    deployed.reserved = 9;
    Object.assign(deployed.function, {
      State: 'Failed',
      StateReason: 'no image',
      MemorySize: 1_024,
    });
    await expectFindings([
      ['function', 'error', 'state: Failed, should be Active (no image)', RESTORE],
      [
        'function',
        'error',
        'reserved concurrency: 9, should be none, or 10 or more',
        'delete-function-concurrency',
      ],
      ['function', 'hint', 'memory: 1024 MiB, should be 512 MiB', configure('--memory-size 512')],
    ]);
  });

  test('whose template cannot be read: checks what the outputs name', async () => {
    const { deployed } = controlPlane;
    deployed.denied = 'GetTemplate';
    const { Variables } = deployed.function.Environment as { Variables: object };
    Object.assign(Variables, { JOB_TABLE_NAME: 'Other', EXTRA: 'x' });
    const { wrong } = await findings();
    expect(wrong.map(({ step, found }) => [step, found])).toEqual([
      ['stack', expect.stringContaining('could not be looked at')],
      ['function', `variable JOB_TABLE_NAME: Other, should be ${JOBS}`],
    ]);
    expect(wrong[1]?.mend).toContain('"EXTRA":"x"');
  });
});

describe('the tables', () => {
  test('that are exchanged', async () => {
    const changed = { JobTableName: TASKS, TaskTableName: JOBS };
    Object.assign(controlPlane.deployed.outputs, changed);
    const environment = controlPlane.deployed.function.Environment as { Variables: object };
    Object.assign(environment.Variables, { JOB_TABLE_NAME: TASKS, TASK_TABLE_NAME: JOBS });
    const of = await expectFindings([
      [
        'table of jobs',
        'error',
        `keys of ${TASKS}: job_id (S) and task_id (N), those of a table of tasks, should be job_id (S)`,
        /Are the two tables exchanged\? Set existingJobTable in cdk.json/,
      ],
      [
        'table of tasks',
        'error',
        `keys of ${JOBS}: job_id (S), those of a table of jobs, should be job_id (S) and task_id (N)`,
        /Are the two tables exchanged\? Set existingTaskTable in cdk.json/,
      ],
    ]);
    expect(of('notification')?.level).toBe('skipped');
  });

  test('that have the wrong keys, another billing mode, or an index without columns', async () => {
    const change = ({ Table }: Record<string, unknown>) => {
      const table = Table as { TableName: string; GlobalSecondaryIndexes: object[] };
      if (table.TableName === TASKS) {
        const AttributeDefinitions = [
          { AttributeName: 'job_id', AttributeType: 'S' },
          { AttributeName: 'task_id', AttributeType: 'S' },
        ];
        return { Table: { ...table, AttributeDefinitions } };
      }
      const [index] = table.GlobalSecondaryIndexes;
      const units = (WriteCapacityUnits: number) => ({
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits },
      });
      const GlobalSecondaryIndexes = [
        { ...index, ...units(5), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ];
      const BillingModeSummary = { BillingMode: 'PROVISIONED' };
      return { Table: { ...table, ...units(100), GlobalSecondaryIndexes, BillingModeSummary } };
    };
    proxy.faultOf = always('DescribeTable', { change });
    await expectFindings([
      [
        'table of jobs',
        'error',
        `index by-time of ${JOBS}: without job_details and notification_info, should be with job_details and notification_info`,
        /--global-secondary-index-updates '\[\{"Delete":\{"IndexName":"by-time"\}\}\]'\n.*"Create"/,
      ],
      [
        'table of jobs',
        'error',
        `billing mode of ${JOBS}: PROVISIONED, with 100 write units a second and 5 of its index by-time, should be PAY_PER_REQUEST, or at least 17 units`,
        `aws dynamodb update-table --region us-east-1 --table-name ${JOBS} --billing-mode PAY_PER_REQUEST`,
      ],
      [
        'table of tasks',
        'error',
        `keys of ${TASKS}: job_id (S) and task_id (S), should be job_id (S) and task_id (N)`,
        'The keys of a table cannot be changed.',
      ],
    ]);
  });

  test('with provisioned capacity that a full batch fits into', async () => {
    const units = { ReadCapacityUnits: 50, WriteCapacityUnits: 50 };
    const index = { IndexName: 'by-time', ProvisionedThroughput: units };
    const provisioned = {
      TableName: JOBS,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: units,
      GlobalSecondaryIndexUpdates: [{ Update: index }],
    } satisfies UpdateTableCommandInput;
    await client.send(new UpdateTableCommand(provisioned));
    await expectFindings([
      [
        'table of jobs',
        'hint',
        `billing mode of ${JOBS}: PROVISIONED, with 50 write units a second and 50 of its index by-time, should be PAY_PER_REQUEST, or at least 17 units`,
        '--billing-mode PAY_PER_REQUEST',
      ],
    ]);
    await client.send(new UpdateTableCommand({ TableName: JOBS, BillingMode: 'PAY_PER_REQUEST' }));
  });

  describe('with the setting `rendering`', () => {
    const RENDERING_INDEX = {
      IndexName: 'rendering-by-time',
      IndexStatus: 'ACTIVE',
      KeySchema: [
        { AttributeName: 'rendering', KeyType: 'HASH' },
        { AttributeName: 'sent_timestamp', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['task_details'] },
    };

    /** Turns it on, and gives the table an index as DynamoDB describes it. */
    function turnOn(index?: object) {
      const { outputs, function: lambda } = controlPlane.deployed;
      outputs.Rendering = 'on';
      const { Variables } = lambda.Environment as { Variables: object };
      Object.assign(Variables, { RENDERING: 'on' });
      const change = ({ Table }: Record<string, unknown>) => {
        const table = Table as { TableName: string; GlobalSecondaryIndexes: object[] };
        if (table.TableName !== TASKS || index === undefined) return { Table };
        const GlobalSecondaryIndexes = [...table.GlobalSecondaryIndexes, index];
        return { Table: { ...table, GlobalSecondaryIndexes } };
      };
      proxy.faultOf = always('DescribeTable', { change });
    }

    test('and its index, all is well', async () => {
      turnOn(RENDERING_INDEX);
      const of = await expectFindings([]);
      expect(of('table of tasks')?.found).toBe(`${TASKS} is ACTIVE, its indexes are ACTIVE`);
      expect(of('table of jobs')?.found).toBe(`${JOBS} is ACTIVE, its index is ACTIVE`);
    });

    test('whose index is missing, also of a table that existed before', async () => {
      turnOn();
      const { wrong } = await findings();
      expect(wrong[0]).toMatchObject({
        step: 'table of tasks',
        level: 'error',
        found: `${TASKS} has no index rendering-by-time`,
        otherwise: 'The command line cannot list tasks that render.',
      });
      expect(wrong[0]?.mend).toMatch(
        /npx cdk deploy.*\n\n {2}aws dynamodb update-table --region us-east-1 .*"rendering-by-time".*\n\nThen add the tasks that render already: deadline-notifications backfill-index$/s,
      );
    });

    test('whose index is being created', async () => {
      turnOn({ ...RENDERING_INDEX, IndexStatus: 'CREATING' });
      const { wrong } = await findings();
      expect(wrong[0]?.found).toBe(`${TASKS} is ACTIVE, its index rendering-by-time is CREATING`);
    });

    test('whose index lacks its column and is limited, and that the function was not told', async () => {
      sendNothing();
      turnOn({
        ...RENDERING_INDEX,
        Projection: { ProjectionType: 'KEYS_ONLY' },
        OnDemandThroughput: { MaxWriteRequestUnits: 10 },
      });
      const { Variables } = controlPlane.deployed.function.Environment as { Variables: object };
      Object.assign(Variables, { RENDERING: 'off' });
      await expectFindings([
        ['function', 'error', 'variable RENDERING: off, should be on', '"RENDERING":"on"'],
        [
          'table of tasks',
          'error',
          `index rendering-by-time of ${TASKS}: without task_details, should be with task_details`,
          /"Delete":\{"IndexName":"rendering-by-time"\}\}\]'\n.*"Create"/,
        ],
        [
          'table of tasks',
          'error',
          `most write units of the index rendering-by-time of ${TASKS}: 10 a second, should be not limited`,
          '"IndexName":"rendering-by-time"',
        ],
      ]);
    });
  });

  test('with a limit on demand', async () => {
    sendNothing();
    const OnDemandThroughput = { MaxReadRequestUnits: 10, MaxWriteRequestUnits: 10 };
    const change = ({ Table }: Record<string, unknown>) => ({
      Table: { ...(Table as object), OnDemandThroughput },
    });
    proxy.faultOf = always('DescribeTable', { change });
    const limited = (kind: string, table: string): Expected => [
      `table of ${kind}`,
      'error',
      `most write units of ${table}: 10 a second, should be not limited`,
      '--on-demand-throughput MaxReadRequestUnits=-1,MaxWriteRequestUnits=-1',
    ];
    await expectFindings([limited('jobs', JOBS), limited('tasks', TASKS)]);
  });

  test('whose rows should expire, or should not', async () => {
    sendNothing();
    const ttl = (table: string, specification: string) =>
      `aws dynamodb update-time-to-live --region us-east-1 --table-name ${table} --time-to-live-specification ${specification}`;
    await setTimeToLive(JOBS, 'expires_at');
    await setTimeToLive(TASKS, 'expiry');
    await expectFindings([
      [
        'time to live',
        'error',
        `${JOBS}: on, by expires_at, should be off, as retentionDays is not set`,
        ttl(JOBS, 'Enabled=false,AttributeName=expires_at'),
      ],
      [
        'time to live',
        'hint',
        `${TASKS}: on, by expiry, should be off, as retentionDays is not set`,
        ttl(TASKS, 'Enabled=false,AttributeName=expiry'),
      ],
    ]);

    await setTimeToLive(JOBS, 'expires_at', false);
    controlPlane.deployed.outputs.RetentionDays = '30';
    const environment = controlPlane.deployed.function.Environment as { Variables: object };
    Object.assign(environment.Variables, { RETENTION_DAYS: '30' });
    await expectFindings([
      [
        'time to live',
        'error',
        `${JOBS}: off, should be on, by expires_at`,
        ttl(JOBS, 'Enabled=true,AttributeName=expires_at'),
      ],
      [
        'time to live',
        'error',
        `${TASKS}: on, by expiry, should be on, by expires_at`,
        `${ttl(TASKS, 'Enabled=false,AttributeName=expiry')}\n  ${ttl(TASKS, 'Enabled=true,AttributeName=expires_at')}`,
      ],
    ]);
    await setTimeToLive(TASKS, 'expiry', false);
  });
});

describe('the alarms', () => {
  test('that were deleted, changed, or turned off, and whom nobody hears', async () => {
    sendNothing();
    const { alarms, subscriptions } = controlPlane.deployed;
    const name = (rule: string) => `DeadlineNotifications-${rule}`;
    delete alarms[name('DeadLetters')];
    const { Threshold } = alarms[name('OldestMessage')] ?? {};
    Object.assign(alarms[name('OldestMessage')] as object, { Threshold: 86_400 });
    Object.assign(alarms[name('Invalid')] as object, { ActionsEnabled: false });
    Object.assign(alarms[name('NotWritten')] as object, { AlarmActions: [] });
    Object.assign(subscriptions, { confirmed: 0, pending: 1 });
    await expectFindings([
      ['alarms', 'error', `missing: ${name('DeadLetters')}`, RESTORE],
      [
        'alarms',
        'hint',
        `Threshold of ${name('OldestMessage')}: 86400, should be ${Threshold}`,
        RESTORE,
      ],
      [
        'alarms',
        'hint',
        `actions: off, should be on: ${name('Invalid')}`,
        `aws cloudwatch enable-alarm-actions --region us-east-1 --alarm-names ${name('Invalid')}`,
      ],
      ['alarms', 'hint', `actions: should include ${TOPIC_ARN}: ${name('NotWritten')}`, RESTORE],
      [
        'alarm topic',
        'hint',
        'subscriptions: none confirmed, 1 pending, should be at least one',
        `aws sns subscribe --region us-east-1 --topic-arn ${TOPIC_ARN} --protocol email`,
      ],
    ]);
  });

  test('that nobody subscribed to', async () => {
    controlPlane.deployed.subscriptions.confirmed = 0;
    await expectFindings([
      ['alarm topic', 'hint', 'subscriptions: none, should be at least one', 'aws sns subscribe'],
    ]);
  });
});

test('other parts of the stack that were changed or deleted', async () => {
  sendNothing();
  const difference = (path: string, type: string, is: string, should: string) =>
    `<member><PropertyPath>${path}</PropertyPath><DifferenceType>${type}</DifferenceType>` +
    `<ActualValue>${is}</ActualValue><ExpectedValue>${should}</ExpectedValue></member>`;
  const modified = (...all: string[]) =>
    `<StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus><PropertyDifferences>${all.join('')}</PropertyDifferences>`;
  Object.assign(controlPlane.deployed.drift, {
    'AWS::IAM::Role': modified(
      difference('/Policies/0', 'REMOVE', '', 'Ingest'),
      difference('/Tags/0', 'ADD', 'team', ''),
    ),
    'AWS::Logs::LogGroup': modified(difference('/RetentionInDays', 'NOT_EQUAL', '3653', '30')),
    'AWS::IAM::ManagedPolicy': '<StackResourceDriftStatus>DELETED</StackResourceDriftStatus>',
    'AWS::Lambda::Function': modified(difference('/VpcConfig', 'ADD', 'vpc-1', '')),
  });
  const found = (level: 'hint' | 'error', what: RegExp): Expected => [
    'other parts',
    level,
    expect.stringMatching(what) as unknown as string,
    RESTORE,
  ];
  await expectFindings([
    found('hint', /^LogGroup the-\w+: \/RetentionInDays: 3653, should be 30$/),
    found('error', /^Role the-\w+: \/Policies\/0: not set, should be Ingest$/),
    found('hint', /^Function the-\w+: \/VpcConfig: vpc-1, should be not set$/),
    found('error', /^ManagedPolicy the-SenderPolicy\w+: deleted$/),
    found('error', /^ManagedPolicy the-ReaderPolicy\w+: deleted$/),
  ]);
});

describe('an existing queue and tables', () => {
  const { batchingWindowSeconds } = CONFIGURED;
  const adopted = synthesized({
    existingQueueArn: QUEUE,
    existingJobTable: 'DeadlineJobNotifications',
    existingTaskTable: 'DeadlineTaskNotifications',
    batchingWindowSeconds,
  });

  const [, visible] = /"VisibilityTimeout":"(\d+)"/.exec(text(adopted.outputs().SetUpQueue)) ?? [];
  const [, receives] = /maxReceiveCount\W+(\d+)/.exec(text(adopted.outputs().SetUpQueue)) ?? [];

  /** Deploys the stack around the queue and the tables that are there. */
  function adopt() {
    const { deployed } = controlPlane;
    const template = adopted.template.toJSON() as Template;
    deployed.template = template;
    for (const [name, value] of Object.entries(adopted.outputs())) {
      if (name.startsWith('SetUp')) deployed.outputs[name] = text(value);
    }
    Object.assign(source(), { MaximumBatchingWindowInSeconds: batchingWindowSeconds });
    for (const { Type, Properties } of Object.values(template.Resources)) {
      const { AlarmName, Threshold } = Properties as { AlarmName: string; Threshold: number };
      if (Type === 'AWS::CloudWatch::Alarm')
        Object.assign(deployed.alarms[AlarmName] ?? {}, { Threshold });
    }
  }

  test('that were never set up', async () => {
    adopt();
    sendNothing();
    controlPlane.deployed.attachments = 0;
    await setQueue({
      VisibilityTimeout: '30',
      RedrivePolicy: '',
      MessageRetentionPeriod: '345600',
    });
    const change = ({ Table }: Record<string, unknown>) => ({
      Table: { ...(Table as object), ItemCount: 1_000 },
    });
    proxy.faultOf = always('DescribeTable', { change });
    await expectFindings([
      [
        'queue',
        'error',
        `visibility timeout: 30 s, should be ${visible} s`,
        set(`{"VisibilityTimeout":"${visible}"}`),
      ],
      ['queue', 'error', `dead-letter queue: none, should be ${DEAD_LETTERS}`, '"maxReceiveCount'],
      [
        'queue',
        'hint',
        'message retention: 4 days, should be 14 days',
        set('{"MessageRetentionPeriod":"1209600"}'),
      ],
      [
        'sender policy',
        'hint',
        'not attached, should be attached to the role or user of the Remote Connection Server',
        'For any other sender',
      ],
      [
        'table of tasks',
        'hint',
        `the index of ${TASKS} is empty, while the table has 1000 rows`,
        'deadline-notifications backfill-index',
      ],
    ]);
  });

  test('that were set up as told: all is well', async () => {
    adopt();
    await setQueue({
      VisibilityTimeout: String(visible),
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: DEAD_LETTERS,
        maxReceiveCount: Number(receives),
      }),
    });
    await expectFindings([]);
  });
});
