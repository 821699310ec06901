import { shellWord } from '../../terminal/shell-word.ts';
import { messageCount } from '../aws/queue-attributes.ts';
import { callName } from '../call-name.ts';
import { type Check, type Finding, type SetUp, setUpOptions } from './check.ts';
import { messages } from './check-queue.ts';
import { setAttribute } from './queue-findings.ts';
import { deniesRedrive } from './queue-policy.ts';
import { command, RESTORE, seconds, wrong } from './setting.ts';

/** Checks the dead-letter queue's settings, and that there are no messages that could not be stored. */
export const checkDeadLetters: Check = {
  name: 'dead letters',
  needs: 'sqs:GetQueueAttributes on both queues',
  async run(setUp) {
    const settings = [
      ...(await retention(setUp)),
      ...(await sources(setUp)),
      ...(await redrive(setUp)),
    ];
    return { findings: [...settings, ...(await waiting(setUp))], summary: 'none' };
  },
};

async function waiting(setUp: SetUp): Promise<Finding[]> {
  const { stackName } = setUp.session;
  const { DeadLetterQueueUrl } = setUp.stack;
  const count = messageCount(await setUp.readQueue(DeadLetterQueueUrl));
  if (count === 0) return [];
  return [
    {
      level: 'error',
      found: `${messages(count)} in ${DeadLetterQueueUrl}`,
      fix: command(
        'See what they are and why they failed, then replay or delete them:',
        `${callName()} dead-letters list --stack ${shellWord(stackName)} ${setUpOptions(setUp)}`,
      ),
    },
  ];
}

async function retention(setUp: SetUp): Promise<Finding[]> {
  const url = setUp.stack.DeadLetterQueueUrl;
  const is = Number((await setUp.readQueue(url)).MessageRetentionPeriod);
  const should = setUp.intended.deadLetters.retention;
  if (should === undefined || is >= should) return [];
  return [
    wrong('error', {
      name: 'retention of dead letters',
      is: seconds(is),
      should: seconds(should),
      otherwise: 'SQS deletes them sooner, counted from when they were first sent.',
      fix: setAttribute(
        { url, options: setUpOptions(setUp) },
        'MessageRetentionPeriod',
        String(should),
      ),
    }),
  ];
}

/** Which queues may use it as their dead-letter queue. */
async function sources(setUp: SetUp): Promise<Finding[]> {
  const { stack, readQueue } = setUp;
  const url = stack.DeadLetterQueueUrl;
  const { RedriveAllowPolicy = '{}' } = await readQueue(url);
  const { redrivePermission = 'allowAll', sourceQueueArns = [] } = JSON.parse(RedriveAllowPolicy);
  const { QueueArn = stack.QueueUrl } = await readQueue(stack.QueueUrl);
  if (redrivePermission === 'allowAll' || sourceQueueArns.includes(QueueArn)) return [];
  const should = { redrivePermission: 'byQueue', sourceQueueArns: [...sourceQueueArns, QueueArn] };
  return [
    wrong('error', {
      name: 'queues that may use the dead-letter queue',
      is: sourceQueueArns.join(', ') || 'none',
      should: QueueArn,
      otherwise: 'Messages that cannot be stored are delivered again until SQS deletes them.',
      fix: setAttribute({ url, options: setUpOptions(setUp) }, 'RedriveAllowPolicy', should),
    }),
  ];
}

async function redrive({ stack, intended, readQueue }: SetUp): Promise<Finding[]> {
  const { Policy } = await readQueue(stack.DeadLetterQueueUrl);
  if (!intended.deadLetters.deniesRedrive || deniesRedrive(Policy)) return [];
  return [
    wrong('hint', {
      name: "SQS's own redrive of dead letters",
      is: 'allowed',
      should: 'denied',
      otherwise: 'It gives old notifications a new time, so that they count as the newest.',
      fix: RESTORE,
    }),
  ];
}
