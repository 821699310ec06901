import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, expect, test } from 'vitest';
import { type DeployedEvents, eventFindings } from '../../../../src/cli/doctor/event-findings.ts';
import { synthesize } from '../../../../src/local/template.ts';
import { EVENTS_FUNCTION } from '../../../support/control-plane.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';
import { HISTORY } from '../../../support/test-tables.ts';

const template = await synthesize({ events: 'on', farmId: 'farm-1' });
const { client, controlPlane, feed, findings, outputs, sqs } = await stackWithDoctor(template);
feed();
const { Table } = await client.send(new DescribeTableCommand({ TableName: HISTORY }));
const QueueUrl = outputs.UnsentEventsQueueUrl as string;
const source = () => controlPlane.deployed.sources[1] as Record<string, unknown>;

beforeEach(async () => {
  const { deployed } = controlPlane;
  deployed.outputs.EventsFunctionName = EVENTS_FUNCTION;
  Object.assign(source(), {
    EventSourceArn: Table?.LatestStreamArn,
    DestinationConfig: { OnFailure: { Destination: 'arn:of:the:queue' } },
  });
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
});

const events = async () => (await findings()).of('events');

test('where all is well, says where events go', async () => {
  expect(await events()).toMatchObject({ ok: true, found: 'on, to the default bus' });
});

const DESTINATION = { OnFailure: { Destination: 'arn:of:the:queue' } };
const well: DeployedEvents = {
  name: EVENTS_FUNCTION,
  configuration: { State: 'Active', Environment: { Variables: { FARM_ID: 'farm-1' } } },
  reserved: undefined,
  sources: [
    {
      UUID: 'uuid',
      EventSourceArn: 'arn:of:the:stream',
      State: 'Enabled',
      DestinationConfig: DESTINATION,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 43_200,
    },
  ],
  streamArn: 'arn:of:the:stream',
  intended: {
    function: { Environment: { Variables: { FARM_ID: 'farm-1' } } },
    source: { MaximumRecordAgeInSeconds: 43_200 },
  },
  options: '--region us-east-1',
};
const withSource = (changed: object) => ({ sources: [{ ...well.sources[0], ...changed }] });
const withVariables = (Variables: Record<string, string>) => ({
  configuration: { Environment: { Variables } },
});

test('finds nothing where all is well, or the template could not be read', () => {
  expect(eventFindings(well)).toEqual([]);
  expect(eventFindings({ ...well, intended: { function: {}, source: {} } })).toEqual([]);
});

test.for([
  [{ streamArn: undefined }, 'the history has no stream', '--revert-drift'],
  [{ streamArn: 'arn:of:a:new:stream' }, 'no event source passes the stream', '--revert-drift'],
  [{ sources: [] }, 'no event source passes the stream', '--revert-drift'],
  [
    withSource({ State: 'Disabled' }),
    'event source: Disabled, should be Enabled',
    '--uuid uuid --enabled',
  ],
  [withSource({ LastProcessingResult: 'PROBLEM: denied' }), 'result: PROBLEM: denied', 'role'],
  [withSource({ DestinationConfig: {} }), 'on-failure destination: none', '--revert-drift'],
  [
    withSource({ FunctionResponseTypes: [] }),
    'should be ReportBatchItemFailures',
    '--revert-drift',
  ],
  [
    withSource({ MaximumRecordAgeInSeconds: 60 }),
    'maximum record age: 60 s, should be 43200 s',
    '--revert-drift',
  ],
  [
    withSource({ MaximumRecordAgeInSeconds: -1 }),
    'maximum record age: none, should be 43200 s',
    '--revert-drift',
  ],
  [{ reserved: 0 }, 'reserved concurrency: 0, should be none', '--function-name'],
  [
    { configuration: { ...well.configuration, State: 'Failed' as const } },
    'is Failed, should be Active',
    '--revert-drift',
  ],
  [withVariables({}), 'variable FARM_ID: none, should be farm-1', '--revert-drift'],
  [
    withVariables({ FARM_ID: 'farm-1', EVENT_BUS_NAME: 'other' }),
    'variable EVENT_BUS_NAME: other, should be none',
    '--revert-drift',
  ],
] as const)('of %j it says so', ([changed, found, mend]) => {
  const findings = eventFindings({ ...well, ...changed } as DeployedEvents);
  expect(findings).toMatchObject([
    { level: 'error', found: expect.stringContaining(found), fix: expect.stringContaining(mend) },
  ]);
});

test('finds what was given up, with what publishes it', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  expect(await events()).toMatchObject({
    ok: false,
    found: `1 batch of events was given up: see ${QueueUrl}`,
    mend: expect.stringMatching(
      /history publish --since <time> --stack DeadlineNotifications .*\n.*purge-queue/,
    ),
  });
});

test('where it may not look, that is a hint', async () => {
  controlPlane.deployed.denied = 'LAMBDA';
  expect(await events()).toMatchObject({ level: 'hint', mend: expect.stringContaining('lambda:') });
});
