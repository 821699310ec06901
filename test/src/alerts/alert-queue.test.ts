import { hash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { AlertQueue } from '../../../src/alerts/alert-queue.ts';
import type { ChannelMessage } from '../../../src/alerts/message/channel-message.ts';
import { LOCAL } from '../../../src/local/engines/environment.ts';
import { retryUntil } from '../../../src/shared/retry.ts';
import { REFUSED_CHARACTER } from '../../../src/shared/sqs-queue.ts';
import { type SentEntry, startProxy } from '../../support/proxy.ts';

const messageThat = (id: number, fields: Partial<ChannelMessage> = {}): ChannelMessage => ({
  ...{ id: `id-${id}`, alert: 'failures', channel: 'log', payload: { text: 'failed' } },
  ...fields,
});
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

const taken = ({ Id, MessageBody }: SentEntry) => {
  return { Id, MD5OfMessageBody: hash('md5', MessageBody, 'hex') };
};

/** A queue that takes all, and the requests that it got. */
async function queueAtTheWire(time = 30_000) {
  const proxy = await startProxy('http://127.0.0.1:1');
  proxy.faultOf = ({ input }) => ({
    status: 200,
    body: { Successful: input.Entries?.map(taken) },
  });
  const client = new SQSClient({ ...LOCAL, endpoint: proxy.endpoint, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
    proxy[Symbol.dispose]();
  });
  const queue = new AlertQueue(client, `${proxy.endpoint}/000000000000/alerts.fifo`);
  const put = (messages: readonly ChannelMessage[]) =>
    queue.put(messages, retryUntil(AbortSignal.timeout(time)));
  const requests = () => proxy.calls.map(({ input }) => input.Entries ?? ([] as SentEntry[]));
  return { proxy, put, requests };
}

test('a request has at most ten messages, and stays below 256 KB', async () => {
  const { put, requests } = await queueAtTheWire();
  const large = (id: number) => messageThat(id, { payload: { text: 'é'.repeat(50_000) } });
  const messages = [
    ...upTo(12).map((id) => messageThat(id)),
    ...upTo(5).map((id) => large(12 + id)),
  ];
  expect(await put(messages)).toEqual({ count: 17, invalid: [], unqueuedBecause: undefined });
  expect(requests().map((entries) => entries.length)).toEqual([10, 4, 2, 1]);
  for (const entries of requests()) {
    const bytes = entries.map(({ MessageBody }) => Buffer.byteLength(MessageBody));
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(256 * 1_024);
  }
  const bodies = requests().flatMap((entries) =>
    entries.map(({ MessageBody }) => JSON.parse(MessageBody)),
  );
  expect(bodies).toEqual(messages);
});

test('no name makes a text that SQS refuses', async () => {
  const { put, requests } = await queueAtTheWire();
  const text = `a\u0000b\ufffec\uffffd\ud800e\u{1f600}f\u{fffff}"\n\u2028`;
  await put([messageThat(1, { payload: { text } })]);
  const [body = ''] = requests().flatMap((entries) => entries.map((each) => each.MessageBody));
  expect(body).not.toMatch(REFUSED_CHARACTER);
  expect(JSON.parse(body).payload.text).toBe(text);
});

test('what stays out keeps those after it out, and the reason is told', async () => {
  const { proxy, put } = await queueAtTheWire(300);
  proxy.faultOf = ({ input }) => ({
    status: 200,
    body: {
      Successful: input.Entries?.filter(({ Id }) => Id !== '2').map(taken),
      Failed: [{ Id: '2', SenderFault: true, Code: 'KmsThrottled', Message: 'not now' }],
    },
  });
  const outcome = await put(upTo(14).map((id) => messageThat(id)));
  expect(outcome).toEqual({ count: 9, invalid: [], unqueuedBecause: 'KmsThrottled: not now' });
});
