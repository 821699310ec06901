import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DeadLetterQueue, type Limits } from '../../../../src/cli/aws/dead-letter-queue.ts';
import { receivePages } from '../../../../src/cli/aws/receive-dead-letters.ts';
import { AwsRequestHandler } from '../../../../src/cli/aws/request-handler.ts';
import { LOCAL } from '../../../../src/local/engines/environment.ts';
import { queueLength } from '../../../../src/shared/sqs-queue.ts';
import { type Fault, serviceError } from '../../../support/proxy.ts';
import { stackWithDeadLetters } from '../../../support/stack-with-dead-letters.ts';

const { sqs, sqsProxy, deadLetterQueueUrl, environment, bury, buried, purge } =
  await stackWithDeadLetters();
const never = new AbortController().signal;

function look(limits: Partial<Limits> = {}) {
  const requestHandler = new AwsRequestHandler(undefined);
  const account = { ...LOCAL, endpoint: environment.AWS_ENDPOINT_URL_SQS, requestHandler };
  return new DeadLetterQueue(account, deadLetterQueueUrl, never, limits);
}

const buryMany = async (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => bury(`no JSON ${n}`)));

/** Receives everything, and returns the ids. */
async function receiveAll(queue: DeadLetterQueue, size = 10): Promise<string[]> {
  const ids: string[] = [];
  await queue.count();
  await receivePages(queue, size, (page) => {
    ids.push(...page.map(({ MessageId }) => MessageId ?? ''));
    return true;
  });
  return ids;
}

function onReceive(faultOf: () => Fault) {
  sqsProxy.reset();
  sqsProxy.faultOf = ({ operation }) => (operation === 'ReceiveMessage' ? faultOf() : undefined);
}

/** Ten messages that only the answer has. */
const numbered = (first: number) =>
  Array.from({ length: 10 }, (_, index) => ({
    MessageId: `m${first + index}`,
    Body: 'no JSON',
    MD5OfBody: hash('md5', 'no JSON'),
    ReceiptHandle: 'r',
  }));

test('receives each message once, with several receivers at once', async () => {
  const sent = await buryMany(300);
  let [active, most] = [0, 0];
  onReceive(() => ({
    meanwhile: async () => {
      active += 1;
      most = Math.max(most, active);
      await setTimeout(20);
      active -= 1;
    },
  }));
  await using queue = look();
  expect((await receiveAll(queue)).sort()).toEqual(sent.sort());
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThanOrEqual(24);
  await purge();
});

test('ends even if messages do not stay hidden, and SQS delivers the same again and again', async () => {
  await buryMany(30);
  await using queue = look({ hidden: 0 });
  const ids = await receiveAll(queue);
  expect(new Set(ids).size).toBe(ids.length);
  expect(sqsProxy.calls.length).toBeLessThan(400);
  await purge();
});

test('ends if all that were counted were delivered, and SQS delivers one again', async () => {
  await buryMany(10);
  const Messages = numbered(0);
  onReceive(() => ({ status: 200, body: { Messages } }));
  await using queue = look();
  expect(await receiveAll(queue)).toHaveLength(10);
  expect(sqsProxy.calls.filter(({ operation }) => operation === 'ReceiveMessage')).toHaveLength(2);
});

test('ends if the queue grows faster than it is received', async () => {
  let first = 0;
  onReceive(() => {
    first += 10;
    return { status: 200, body: { Messages: numbered(first) } };
  });
  const queue = look();
  expect(await receiveAll(queue, 100)).toHaveLength(1_000);
});

test('receives no more after a page that asks for that', async () => {
  await buryMany(40);
  await using queue = look();
  await queue.count();
  await receivePages(queue, 10, () => false, 10);
  expect(queue.delivered).toBe(10);
  await purge();
});

test.for([
  ['as many are held as SQS hands out', { held: 20 }, undefined, 20],
  ['SQS answers OverLimit', {}, serviceError('OverLimit'), 0],
] as const)('stops if %s, and says so', async ([, limits, fault, expected]) => {
  await buryMany(40);
  if (fault) onReceive(() => fault);
  await using queue = look(limits);
  const { length } = await receiveAll(queue, 100);
  expect(length).toBe(expected);
  expect(queue.unprocessedNote(length)).toBe(
    `SQS does not hand out more at a time, so about ${40 - length} were not processed. Replay or delete some, then try again.`,
  );
  sqsProxy.reset();
  await purge();
});

test('after a page that fails, nothing more is received, and everything is released', async () => {
  await buryMany(60);
  await expect(
    (async () => {
      await using queue = look();
      await queue.count();
      await receivePages(queue, 10, async () => {
        await setTimeout(10);
        throw new Error('no');
      });
    })(),
  ).rejects.toThrow('no');
  expect(await buried()).toHaveLength(10); // as many as fit into a request
  expect(await queueLength(sqs, deadLetterQueueUrl)).toBe(60);
  await purge();
});
