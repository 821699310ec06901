import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { beforeEach } from 'vitest';
import { startCloudFormationLocal } from '../../src/local/engines/cloudformation-local.ts';
import { startEventSource } from '../../src/local/event-source.ts';
import { peek } from '../../src/shared/sqs-queue.ts';
import { toRecord } from '../../src/shared/sqs-record.ts';
import { FUNCTION, POLICY_ARN, startControlPlane } from './control-plane.ts';
import { deployed } from './deployed-stack.ts';
import { start } from './process.ts';
import { startProxy } from './proxy.ts';
import { context, event } from './records.ts';
import { runInProcess } from './run-cli.ts';

export type Finding = Readonly<Record<'step' | 'found', string>> & {
  readonly ok: boolean | null;
  readonly mend: string | null;
};

/** A deployed stack in which all is well before each test, and the doctor that looks at it. */
export async function stackWithDoctor() {
  const proxy = await startProxy();
  const stack = await deployed(proxy.endpoint);
  const { sqs, sqsProxy, queueUrl, deadLetterQueueUrl, handler, outputs } = stack;
  const controlPlane = await startControlPlane();
  const cloudFormation = await startCloudFormationLocal('DeadlineNotifications', {
    ...outputs,
    SenderPolicyArn: POLICY_ARN,
    FunctionName: FUNCTION,
  });
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...stack.environment,
    ...controlPlane.environment,
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    FORCE_COLOR: undefined,
  };

  const begin = (args: string[] = [], env: NodeJS.ProcessEnv = {}) =>
    start('cli', ['doctor', ...args], { ...environment, ...env });

  /** All that it says for people, and its exit code. */
  const doctor = (args: string[] = [], env: NodeJS.ProcessEnv = {}) =>
    runInProcess(['doctor', ...args], { ...environment, ...env });

  /** What it finds by step, and its exit code. */
  async function findings(...[args = [], env]: Parameters<typeof begin>) {
    const { stdout, stderr, code } = await doctor(['--json', ...args], env);
    const found: Finding[] = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const of = (step: string) => found.find((each) => each.step === step);
    return { steps: found.map(({ step }) => step), of, stderr, code };
  }

  /** Feeds the queue to the function from now on, as Lambda's event source does. */
  const feed = () =>
    startEventSource({ sqs, queueUrl, handler, timeout: 30_000, onError: console.error });

  /** Hands to the function what is in the queue, where it stays. */
  async function deliver() {
    const records = (await peek(sqs, queueUrl)).map((message) => toRecord(message, queueUrl));
    await handler(event(...records), context());
  }

  /** The ids of the jobs that notifications were sent of. */
  const jobsSent = (): string[] =>
    sqsProxy.calls
      .filter(({ operation }) => operation === 'SendMessage')
      .map(({ input }) => JSON.parse((input as { MessageBody: string }).MessageBody))
      .map(({ JobDetails }) => JobDetails.JobID);

  beforeEach(async () => {
    controlPlane.reset();
    proxy.reset();
    for (const QueueUrl of [queueUrl, deadLetterQueueUrl]) {
      await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    }
    sqsProxy.reset();
  });

  return { ...stack, proxy, controlPlane, begin, doctor, findings, feed, deliver, jobsSent };
}
