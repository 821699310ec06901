import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ChannelMessage } from '../../../../src/alerts/message/channel-message.ts';
import { paceOf } from '../../../../src/alerts/send/channel-pace.ts';
import { Sender } from '../../../../src/alerts/send/sender.ts';
import { SenderQueue } from '../../../../src/alerts/send/sender-queue.ts';
import { LOCAL } from '../../../../src/local/engines/environment.ts';
import { queueLength } from '../../../../src/shared/sqs-queue.ts';
import { queueToSend } from '../../../support/queue-to-send.ts';
import { context, record as recordOf } from '../../../support/records.ts';
import { channelMessage, sendersToTry } from '../../../support/senders-to-try.ts';
import { type Reply, startWebhook } from '../../../support/webhook-stand-in.ts';

const webhook = await startWebhook();
const queue = await queueToSend();
beforeEach(async () => {
  webhook.reset();
  await queue.renew();
});

const HOUR = 3_600_000;

/** A sender whose time only passes while it sleeps. */
function senderToTry(
  changed: { unsentUrl?: string; sqs?: SQSClient; now?: number; random?: number } = {},
) {
  const clock = { now: changed.now ?? Date.now() };
  const { senders, lines, mails } = sendersToTry({ timeout: 500, now: () => clock.now });
  const sleeps: number[] = [];
  const sqs = changed.sqs ?? queue.sqs;
  const send = vi.spyOn(sqs, 'send').mockClear();
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const sender = new Sender({
    senders,
    queue: new SenderQueue(sqs, queue.urls.queueUrl, changed.unsentUrl ?? queue.urls.unsentUrl),
    logger,
    async sleep(ms) {
      sleeps.push(ms);
      clock.now += ms;
    },
    pace: paceOf,
    random: () => changed.random ?? 0,
  });
  return {
    sender,
    clock,
    sleeps,
    logger,
    lines,
    mails,
    /** The visibility timeouts that were set, in s. */
    delays: () =>
      send.mock.calls.flatMap(([command]) =>
        command instanceof ChangeMessageVisibilityCommand && command.input.VisibilityTimeout !== 0
          ? [command.input.VisibilityTimeout]
          : [],
      ),
    deliver: (...Records: SQSRecord[]) => sender.deliver({ Records }, context()),
  };
}

const to = (kind: string) => `${kind}:${webhook.endpoint}/a-secret-token`;
const numbered = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    channelMessage(to(kind), { id: `id-${index}`, payload: { index } }),
  );
const putAll = async (messages: readonly ChannelMessage[], group?: string) => {
  for (const message of messages) await queue.put(message, group);
};
const received = async () => (await queue.receive()) as SQSRecord;
const indexes = () => webhook.posts.map(({ body }) => JSON.parse(body).index);

test.for([
  ['slack', [1_000, 1_000, 1_000]],
  ['teams', [1_000, 1_000, 1_000]],
  ['discord', [2_000, 2_000, 2_000]],
  ['webhook', []],
] as const)(
  'a channel of the kind %s gets each message once, in order, at its pace',
  async ([kind, paces]) => {
    const { sender, sleeps } = senderToTry();
    await putAll(numbered(kind, 3));
    expect(await queue.drain((event) => sender.deliver(event, context()))).toBe(3);
    expect(indexes()).toEqual([0, 1, 2]);
    expect(sleeps).toEqual(paces);
  },
);

test('Discord takes no other message for as long as it says', async () => {
  const { sender, sleeps } = senderToTry();
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '17.5' };
  webhook.replies = [{ status: 200, headers }];
  await putAll(numbered('discord', 1));
  await queue.drain((event) => sender.deliver(event, context()));
  expect(sleeps).toEqual([17_500]);
});

test('it waits no longer than the invocation has time', async () => {
  const { sender, sleeps } = senderToTry();
  await putAll(numbered('discord', 1));
  await queue.drain((event) => sender.deliver(event, context(3_700)));
  expect(sleeps).toHaveLength(1);
  expect(sleeps[0]).toBeLessThanOrEqual(700);
});

test.for<[string, Reply, number]>([
  ['Retry-After', { status: 429, headers: { 'retry-after': '30' } }, 30],
  ['an outage', { status: 503 }, 5],
  ['a break', 'closes', 5],
])('after %s, a message is hidden, and sent before those after it', async ([, reply, seconds]) => {
  const { sender, delays, logger } = senderToTry();
  webhook.replies = [reply, { status: 200 }];
  await putAll(numbered('slack', 2));
  const record = await received();
  const failures = [{ itemIdentifier: record.messageId }];
  const event = { Records: [record] };
  expect(await sender.deliver(event, context())).toEqual({ batchItemFailures: failures });
  expect(delays()).toEqual([seconds]);
  expect(logger.warn).toHaveBeenCalledWith(
    'Alert delayed',
    expect.objectContaining({ alert: 'failures', id: 'id-0', receives: 1, seconds }),
  );
  expect(await queue.receive()).toBeUndefined();
  await queue.show(record);
  await queue.drain((each) => sender.deliver(each, context()));
  expect(indexes()).toEqual([0, 0, 1]);
  expect(await queue.unsent()).toEqual([]);
});

test('one that stays down is tried ever less often', async () => {
  const { sender, delays } = senderToTry({ random: 1 });
  const down: Reply = { status: 503 };
  webhook.replies = [down, down, down, down, down, down, down, { status: 200 }];
  await putAll(numbered('slack', 2));
  expect(await queue.drain((event) => sender.deliver(event, context()))).toBe(9);
  expect(delays()).toEqual([10, 20, 40, 80, 160, 300, 300]);
  expect(indexes()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('a channel that is down holds up no other', async () => {
  const { deliver, lines } = senderToTry();
  webhook.replies = [{ status: 503 }];
  await putAll(numbered('slack', 2));
  await queue.put(channelMessage('log', { id: 'other' }), 'the log');
  await deliver(await received());
  await deliver(await received());
  expect(lines).toHaveLength(1);
  expect(await queue.receive()).toBeUndefined();
});

test('what the channel never takes is kept with its reason, and the next one is sent', async () => {
  const { sender, logger, sleeps } = senderToTry();
  webhook.replies = [{ status: 400, body: 'invalid_blocks' }, { status: 200 }];
  const [first, second] = numbered('slack', 2) as [ChannelMessage, ChannelMessage];
  await putAll([first, second], 'slack');
  expect(await queue.drain((event) => sender.deliver(event, context()))).toBe(2);
  expect(indexes()).toEqual([0, 1]);
  expect(sleeps).toEqual([1_000]);
  const reason = 'HTTP 400: invalid_blocks';
  expect(await queue.unsent()).toEqual([{ body: JSON.stringify(first), group: 'slack', reason }]);
  expect(logger.error.mock.calls).toEqual([
    ['Unsent alert', expect.objectContaining({ alert: 'failures', id: 'id-0', reason })],
  ]);
});

test('what was tried for twelve hours is given up', async () => {
  webhook.replies = [{ status: 503, body: 'down' }];
  await putAll(numbered('slack', 1));
  const record = await received();
  const sent = Number(record.attributes.SentTimestamp);
  const young = senderToTry({ now: sent + 12 * HOUR });
  expect((await young.deliver(record)).batchItemFailures).toHaveLength(1);
  expect(await queue.unsent()).toEqual([]);
  const old = senderToTry({ now: sent + 12 * HOUR + 1 });
  expect(await old.deliver(record)).toEqual({ batchItemFailures: [] });
  expect(await queue.unsent()).toMatchObject([
    { reason: 'HTTP 503: down. Given up 12 hours after it was put into the queue' },
  ]);
});

test('an old one that the channel takes is sent', async () => {
  const { sender } = senderToTry({ now: Date.now() + 13 * HOUR });
  await putAll(numbered('slack', 1));
  await queue.drain((event) => sender.deliver(event, context()));
  expect(indexes()).toEqual([0]);
  expect(await queue.unsent()).toEqual([]);
});

test.for([
  ['failures', 'not JSON'],
  ['null', 'it must be an object'],
  ['[]', 'it must be an object'],
  ['{}', 'id is missing'],
  ['{"id":"a b","alert":"a","channel":"log","payload":{}}', 'id must have 1 to 128 printable'],
  ['{"id":"1","alert":2,"channel":"log","payload":{}}', 'alert must be a text, not 2'],
  ['{"id":"1","alert":"a","payload":{}}', 'channel is missing'],
  ['{"id":"1","alert":"a","channel":"log","payload":"x"}', 'payload must be an object, not "x"'],
  ['{"id":"1","alert":"a","channel":"log","payload":[]}', 'payload must be an object'],
])('a body that is no message is kept with the reason: %s', async ([body, problem]) => {
  const { sender } = senderToTry();
  await queue.put(body as string, 'someone');
  expect(await queue.drain((event) => sender.deliver(event, context()))).toBe(1);
  expect(await queue.unsent()).toEqual([
    { body, group: 'someone', reason: expect.stringContaining(problem as string) },
  ]);
});

test('one that cannot be kept is not lost: it is reported', async () => {
  const { deliver, logger } = senderToTry({ unsentUrl: `${queue.urls.queueUrl}-no.fifo` });
  webhook.replies = [{ status: 404 }];
  await putAll(numbered('slack', 1));
  const record = await received();
  expect(await deliver(record)).toEqual({
    batchItemFailures: [{ itemIdentifier: record.messageId }],
  });
  expect(logger.error).toHaveBeenLastCalledWith('Cannot keep the unsent alert', expect.anything());
});

test('one that was moved back and fails again is kept again, one that is delivered twice is not', async () => {
  const { deliver } = senderToTry();
  webhook.replies = [{ status: 404 }];
  const [message] = numbered('slack', 1) as [ChannelMessage];
  await queue.put(message);
  const record = await received();
  await deliver(record);
  await deliver(record);
  expect(await queueLength(queue.sqs, queue.urls.unsentUrl)).toBe(1);
  await deliver({ ...record, messageId: 'that of the moved one' });
  expect(await queueLength(queue.sqs, queue.urls.unsentUrl)).toBe(2);
});

test('where SQS does not hide a message, it is reported all the same', async () => {
  const sqs = new SQSClient({ ...LOCAL, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
  const { deliver, logger } = senderToTry({ sqs });
  webhook.replies = [{ status: 503 }];
  await putAll(numbered('slack', 1));
  const record = await received();
  expect((await deliver(record)).batchItemFailures).toHaveLength(1);
  expect(logger.error).toHaveBeenCalledWith(
    'Cannot change its visibility timeout',
    expect.anything(),
  );
});

test('of several records, none overtakes one of its group that is to be sent again', async () => {
  const { deliver } = senderToTry();
  webhook.replies = [{ status: 200 }, { status: 503 }, { status: 200 }];
  const records = numbered('slack', 5).map((message, index) => {
    const { attributes, ...others } = recordOf(message, Date.now());
    const MessageGroupId = index === 3 ? 'another' : 'slack';
    return { ...others, attributes: { ...attributes, MessageGroupId } };
  });
  const [, second, third, , fifth] = records.map(({ messageId }) => ({
    itemIdentifier: messageId,
  }));
  expect(await deliver(...records)).toEqual({ batchItemFailures: [second, third, fifth] });
  expect(indexes()).toEqual([0, 1, 3]);
});

test.for([2_900, 400])('with %i ms left, nothing is sent, and it is reported', async (time) => {
  const { sender, delays } = senderToTry();
  await putAll(numbered('slack', 1));
  const record = await received();
  const { batchItemFailures } = await sender.deliver({ Records: [record] }, context(time));
  expect(batchItemFailures).toHaveLength(1);
  expect(webhook.posts).toEqual([]);
  expect(delays()).toEqual([5]);
});

test('an event that is not from SQS is refused', async () => {
  const { sender } = senderToTry();
  await expect(sender.deliver({} as never, context())).rejects.toThrow('Not an SQS event');
});

test('what the command line asks to send is sent once, in no queue, with what each answered', async () => {
  const { sender, sleeps } = senderToTry();
  webhook.replies = [{ status: 200 }, { status: 503 }, { status: 404, body: 'no_service' }];
  const messages = [...numbered('discord', 3), channelMessage('log'), { id: '' } as ChannelMessage];
  const { answers } = await sender.answer({ ask: 'send', messages }, context());
  expect(answers).toEqual([
    { status: 'sent', detail: 'HTTP 200' },
    { status: 'later', reason: 'HTTP 503' },
    { status: 'never', reason: 'HTTP 404: no_service' },
    { status: 'sent', detail: 'It is in the log' },
    { status: 'never', reason: expect.stringContaining('It is no message of an alert: id must') },
  ]);
  expect(sleeps).toEqual([1_000, 1_000]);
  expect(await queue.receive()).toBeUndefined();
  expect(await queue.unsent()).toEqual([]);
});

test('between messages to other channels, it does not wait', async () => {
  const { sender, sleeps } = senderToTry();
  const messages = [to('slack'), to('teams'), to('webhook'), to('webhook')].map((channel) =>
    channelMessage(channel),
  );
  await sender.answer({ ask: 'send', messages }, context());
  expect(sleeps).toEqual([]);
  expect(webhook.posts).toHaveLength(4);
});

test('once its time is up, the rest is told not to be sent', async () => {
  const { sender } = senderToTry();
  const { answers } = await sender.answer(
    { ask: 'send', messages: numbered('slack', 2) },
    context(2_000),
  );
  expect(answers).toMatchObject([{ status: 'later' }, { status: 'later' }]);
  expect(webhook.posts).toEqual([]);
});
