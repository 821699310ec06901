import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { beforeEach, inject } from 'vitest';
import { startEventSource } from '../../src/local/event-source.ts';
import { ofType, type Template } from '../../src/local/template.ts';
import { peek } from '../../src/shared/sqs-queue.ts';
import { toRecord } from '../../src/shared/sqs-record.ts';
import { queueArn, startControlPlane } from './control-plane.ts';
import { deployed } from './deployed-stack.ts';
import { start } from './process.ts';
import { startProxy } from './proxy.ts';
import { context, event } from './records.ts';
import { runInProcess } from './run-cli.ts';

export type Finding = Readonly<Record<'step' | 'found' | 'level', string>> & {
  readonly ok: boolean | null;
  readonly otherwise: string | null;
  readonly mend: string | null;
};

const COMMON = {
  MessageRetentionPeriod: '1209600',
  SqsManagedSseEnabled: 'true',
  KmsMasterKeyId: '',
  DelaySeconds: '0',
  MaximumMessageSize: '262144',
  RedriveAllowPolicy: '{}',
};

const NO_REDRIVE = JSON.stringify({
  Statement: [
    { Effect: 'Deny', Principal: '*', Action: 'sqs:StartMessageMoveTask', Resource: '*' },
  ],
});

/** The attributes of a queue that is as its template has it. */
function wellSet(template: Template) {
  const [{ VisibilityTimeout, RedrivePolicy } = {}] = ofType(template, 'AWS::SQS::Queue')
    .map(([, properties]) => properties)
    .filter((properties) => 'RedrivePolicy' in properties);
  const deadLetterTargetArn = queueArn('DeadlineNotifications-DeadLetters');
  return {
    ...COMMON,
    Policy: '',
    VisibilityTimeout: String(VisibilityTimeout),
    RedrivePolicy: JSON.stringify({ ...(RedrivePolicy as object), deadLetterTargetArn }),
  };
}

/** A deployed stack in which all is well before each test, and the doctor that looks at it. */
export async function stackWithDoctor(template = inject('template')) {
  const proxy = await startProxy();
  const stack = await deployed(proxy.endpoint, template);
  const { client, sqs, sqsProxy, queueUrl, deadLetterQueueUrl, handler, outputs } = stack;
  const controlPlane = await startControlPlane(template, outputs);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...stack.environment,
    ...controlPlane.environment,
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
    /** What is not as it should be. */
    const wrong = found.filter(({ level }) => level === 'hint' || level === 'error');
    return { all: found, steps: found.map(({ step }) => step), of, wrong, stderr, code };
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

  /** Changes attributes of the queue, or of another. */
  async function setQueue(Attributes: Record<string, string>, QueueUrl = queueUrl) {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  }

  /** Turns the time to live of a table on or off. */
  async function setTimeToLive(TableName: string, AttributeName: string, Enabled = true) {
    const TimeToLiveSpecification = { Enabled, AttributeName };
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }

  beforeEach(async () => {
    controlPlane.reset();
    proxy.reset();
    await setQueue(wellSet(template));
    await setQueue({ ...COMMON, Policy: NO_REDRIVE }, deadLetterQueueUrl);
    for (const QueueUrl of [queueUrl, deadLetterQueueUrl]) {
      await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    }
    sqsProxy.reset();
  });

  return {
    ...stack,
    setQueue,
    setTimeToLive,
    proxy,
    controlPlane,
    begin,
    doctor,
    findings,
    feed,
    deliver,
    jobsSent,
  };
}
