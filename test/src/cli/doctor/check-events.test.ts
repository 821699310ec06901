import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, expect, test } from 'vitest';
import { synthesize } from '../../../../src/local/template.ts';
import { EVENTS_FUNCTION } from '../../../support/control-plane.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';
import { HISTORY } from '../../../support/test-tables.ts';

const template = await synthesize({ events: 'on', farmId: 'farm-1' });
const { client, controlPlane, feed, findings, outputs, sqs } = await stackWithDoctor(template);
feed();
const { Table } = await client.send(new DescribeTableCommand({ TableName: HISTORY }));
const QueueUrl = outputs.UnsentEventsQueueUrl as string;

beforeEach(async () => {
  const { deployed } = controlPlane;
  deployed.outputs.EventsFunctionName = EVENTS_FUNCTION;
  const source = deployed.sources.find(({ FunctionArn }) => `${FunctionArn}`.endsWith('-Events'));
  Object.assign(source ?? {}, {
    EventSourceArn: Table?.LatestStreamArn,
    DestinationConfig: { OnFailure: { Destination: 'arn:of:the:queue' } },
  });
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
});

const events = async () => (await findings()).of('events');

test('where all is well, says where events go', async () => {
  expect(await events()).toMatchObject({ ok: true, found: 'on, to the default bus' });
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

test('what publishes events sends to a queue, too, but is no sender of notifications', async () => {
  controlPlane.deployed.attachments = 0;
  expect((await findings()).of('sender policy')).toMatchObject({
    ok: false,
    mend: expect.stringContaining('attach'),
  });
});
