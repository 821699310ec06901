import { expect, test, vi } from 'vitest';
import { DeadLetterQueue } from '../../../../src/cli/aws/dead-letter-queue.ts';
import { AwsRequestHandler } from '../../../../src/cli/aws/request-handler.ts';
import { LOCAL } from '../../../../src/local/engines/environment.ts';
import { answering } from '../../../support/answering.ts';
import { always } from '../../../support/function-behind-proxy.ts';
import { captured } from '../../../support/run-cli.ts';
import { stackWithDeadLetters } from '../../../support/stack-with-dead-letters.ts';

const { sqsProxy, deadLetterQueueUrl, environment, bury, buried, purge } =
  await stackWithDeadLetters();
const local = { ...LOCAL, requestHandler: new AwsRequestHandler(undefined) };
const account = { ...local, endpoint: environment.AWS_ENDPOINT_URL_SQS };

test('interrupted while SQS does not answer, gives up after a grace period', async () => {
  using silent = await answering(() => undefined);
  const { endpoint } = silent;
  const interrupt = new AbortController();
  const url = `${endpoint}/000000000000/Queue`;
  const queue = new DeadLetterQueue({ ...local, ...{ endpoint } }, url, interrupt.signal, {
    grace: 100,
  });
  const received = queue.receive();
  interrupt.abort();
  await expect(received).rejects.toThrow('aborted');
});

test('interrupted while SQS delivers, releases what it delivers in the grace period', async () => {
  await bury('one');
  const interrupt = new AbortController();
  sqsProxy.faultOf = always('ReceiveMessage', { meanwhile: async () => interrupt.abort() });
  {
    await using queue = new DeadLetterQueue(account, deadLetterQueueUrl, interrupt.signal);
    expect((await queue.receive()).fresh).toHaveLength(1);
  }
  sqsProxy.reset();
  expect(await buried()).toHaveLength(1);
});

test('interrupted, says what SQS does not take back in time', async () => {
  await bury('one');
  const interrupt = new AbortController();
  const { stderr } = await captured(async () => {
    const queue = new DeadLetterQueue(account, deadLetterQueueUrl, interrupt.signal, { grace: 50 });
    await queue.receive();
    sqsProxy.faultOf = always('ChangeMessageVisibilityBatch', {
      meanwhile: () => new Promise(() => undefined),
    });
    interrupt.abort();
    await expect(queue[Symbol.asyncDispose]()).rejects.toThrow('aborted');
    return 0;
  });
  expect(stderr).toBe(
    '1 of the messages stay hidden for up to 10 minutes: SQS did not take them back in time.\n',
  );
  vi.restoreAllMocks();
  await purge();
});
