import { DeleteMessageCommand, PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, inject } from 'vitest';
import { startCloudFormationLocal } from '../../src/local/engines/cloudformation-local.ts';
import { peek } from '../../src/shared/sqs-queue.ts';
import { deployed } from './deployed-stack.ts';
import { start } from './process.ts';
import { startProxy } from './proxy.ts';
import { task } from './records.ts';
import { runInProcess } from './run-cli.ts';

/** A stack whose dead-letter queue is empty before each test, and the command that looks into it. */
export async function stackWithDeadLetters(template = inject('template')) {
  const proxy = await startProxy();
  const stack = await deployed(proxy.endpoint, template);
  const { sqs, sqsProxy, deadLetterQueueUrl: QueueUrl, environment } = stack;

  /** Puts a message where SQS would have moved it, and gives its id. */
  async function bury(body: object | string): Promise<string> {
    const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
    const command = new SendMessageCommand({ QueueUrl, MessageBody });
    return (await sqs.send(command)).MessageId as string;
  }

  /** What anybody would receive now. */
  const buried = () => peek(sqs, QueueUrl);

  /** Forgets the messages, those that somebody holds, too. */
  async function purge() {
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  }

  /** What makes a command find the same stack under another name, with other outputs, or without some. */
  async function renamed(name: string, changed: Readonly<Record<string, string | undefined>> = {}) {
    const outputs = Object.entries<string | undefined>({ ...stack.outputs, ...changed });
    const cloudFormation = await startCloudFormationLocal(
      name,
      Object.fromEntries(outputs.filter((each): each is [string, string] => each[1] !== undefined)),
    );
    return { ...environment, AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint };
  }

  const begin = (args: string[], env: NodeJS.ProcessEnv = environment) =>
    start('cli', ['dead-letters', ...args], { ...process.env, ...env });

  const deadLetters = (args: string[] = ['list'], env: NodeJS.ProcessEnv = environment) =>
    runInProcess(['dead-letters', ...args], { ...process.env, ...env });

  /** What it prints with `--json`, an object a line. */
  async function deadLettersAsJson(args: string[], env?: NodeJS.ProcessEnv) {
    const { stdout, ...result } = await deadLetters([...args, '--json'], env);
    const lines = stdout.split('\n').filter(Boolean);
    return { objects: lines.map((line) => JSON.parse(line)), ...result };
  }

  beforeEach(async () => {
    proxy.reset();
    sqsProxy.reset();
    for (const { ReceiptHandle } of await buried()) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  });

  return { ...stack, proxy, bury, buried, purge, renamed, begin, deadLetters, deadLettersAsJson };
}

/**
 * A task whose row is as large as DynamoDB takes one, but for less than the bytes that it takes to say
 * when it expires.
 */
export function tooLargeToExpire(jobId: string) {
  return task(jobId, 0, { X: 'x'.repeat(409_320) });
}
