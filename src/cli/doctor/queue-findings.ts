import { shellWord } from '../../terminal/shell-word.ts';
import type { QueueAttributes } from '../aws/queue-attributes.ts';
import type { Finding } from './check.ts';
import type { Intended } from './intended.ts';
import { denials } from './queue-policy.ts';
import { command, seconds, wrong } from './setting.ts';

/** SQS's default for a long time (its API reference, `SetQueueAttributes`), in bytes. */
const MAX_MESSAGE_BYTES = 262_144;

/** The queue that Deadline sends to, as it is. */
export interface DeployedQueue {
  readonly url: string;
  readonly attributes: QueueAttributes;
  readonly deadLetterArn: string | undefined;
  readonly intended: Intended;
  /** Options for the AWS CLI. */
  readonly options: string;
}

/** What is wrong with the settings of the queue that Deadline sends to. */
export function queueFindings(queue: DeployedQueue): Finding[] {
  return [
    ...visibility(queue),
    ...redrive(queue),
    ...retention(queue),
    ...delivery(queue),
    ...encryption(queue),
    ...policy(queue),
  ];
}

/** The command that sets one attribute. */
export function setAttribute(
  { url, options }: Pick<DeployedQueue, 'url' | 'options'>,
  name: string,
  value: string | object,
): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const attributes = shellWord(JSON.stringify({ [name]: text }));
  return command(
    'Set it:',
    `aws sqs set-queue-attributes ${options} --queue-url ${shellWord(url)} --attributes ${attributes}`,
  );
}

function visibility(queue: DeployedQueue): Finding[] {
  const is = Number(queue.attributes.VisibilityTimeout);
  const should = queue.intended.queue.visibilityTimeout;
  if (should === undefined || is === should) return [];
  return [
    wrong('error', {
      name: 'visibility timeout',
      is: seconds(is),
      should: seconds(should),
      otherwise:
        is < should
          ? 'A batch is delivered again while it may still be worked on, and valid notifications become ' +
            'dead letters sooner.'
          : 'A notification that was not stored at first is tried again later.',
      fix: setAttribute(queue, 'VisibilityTimeout', String(should)),
    }),
  ];
}

function redrive(queue: DeployedQueue): Finding[] {
  const { attributes, deadLetterArn, intended } = queue;
  const { deadLetterTargetArn, maxReceiveCount } = redrivePolicy(attributes);
  const receives = intended.queue.maxReceiveCount ?? maxReceiveCount;
  if (deadLetterArn === undefined || receives === undefined) return [];
  const fix = setAttribute(queue, 'RedrivePolicy', {
    deadLetterTargetArn: deadLetterArn,
    maxReceiveCount: String(receives),
  });
  if (deadLetterTargetArn !== deadLetterArn) {
    return [
      wrong('error', {
        name: 'dead-letter queue',
        is: deadLetterTargetArn ?? 'none',
        should: deadLetterArn,
        otherwise:
          deadLetterTargetArn === undefined
            ? 'Messages that cannot be stored are delivered again until SQS deletes them.'
            : 'Messages that cannot be stored go where neither the alarms nor dead-letters see them.',
        fix,
      }),
    ];
  }
  if (maxReceiveCount === receives) return [];
  const isFewer = maxReceiveCount === undefined || maxReceiveCount < receives;
  return [
    wrong(isFewer ? 'error' : 'hint', {
      name: 'receives before a message becomes a dead letter',
      is: String(maxReceiveCount),
      should: String(receives),
      otherwise: isFewer
        ? 'A shorter outage makes dead letters of valid notifications.'
        : 'Messages that cannot be stored are received more often, and become dead letters later.',
      fix,
    }),
  ];
}

function retention(queue: DeployedQueue): Finding[] {
  const { attributes, intended } = queue;
  const is = Number(attributes.MessageRetentionPeriod);
  const should = intended.deadLetters.retention;
  const { maxReceiveCount = 0 } = redrivePolicy(attributes);
  const interval = intended.queue.visibilityTimeout ?? Number(attributes.VisibilityTimeout);
  const tries = maxReceiveCount * interval;
  const fix = (period: number) => setAttribute(queue, 'MessageRetentionPeriod', String(period));
  if (is <= tries) {
    return [
      wrong('error', {
        name: 'message retention',
        is: seconds(is),
        should: should === undefined ? `more than ${seconds(tries)}` : seconds(should),
        otherwise: `SQS deletes messages before they become dead letters, which takes ${seconds(tries)}.`,
        fix: fix(should ?? 2 * tries),
      }),
    ];
  }
  if (should === undefined || is >= should) return [];
  return [
    wrong(intended.queue.isAdopted ? 'hint' : 'error', {
      name: 'message retention',
      is: seconds(is),
      should: seconds(should),
      otherwise: `Notifications that could not be stored for ${seconds(is)} are lost.`,
      fix: fix(should),
    }),
  ];
}

function delivery(queue: DeployedQueue): Finding[] {
  const { DelaySeconds, MaximumMessageSize, FifoQueue } = queue.attributes;
  const findings: Finding[] = [];
  if (Number(DelaySeconds) > 0) {
    findings.push(
      wrong('error', {
        name: 'delivery delay',
        is: seconds(Number(DelaySeconds)),
        should: seconds(0),
        otherwise: 'Every notification is stored that much later.',
        fix: setAttribute(queue, 'DelaySeconds', '0'),
      }),
    );
  }
  if (Number(MaximumMessageSize) < MAX_MESSAGE_BYTES) {
    findings.push(
      wrong('error', {
        name: 'maximum message size',
        is: `${MaximumMessageSize} bytes`,
        should: `${MAX_MESSAGE_BYTES} bytes or more`,
        otherwise: 'SQS refuses larger notifications, and Deadline does not send them again.',
        fix: setAttribute(queue, 'MaximumMessageSize', String(MAX_MESSAGE_BYTES)),
      }),
    );
  }
  if (FifoQueue === 'true') {
    findings.push(
      wrong('error', {
        name: 'type',
        is: 'FIFO',
        should: 'Standard',
        otherwise: 'Deadline cannot send to it, and Lambda does not collect batches from it.',
        fix: command(
          'Use a Standard queue: leave existingQueueArn out of cdk.json, then, in the clone:',
          'npx cdk deploy',
        ),
      }),
    );
  }
  return findings;
}

function encryption(queue: DeployedQueue): Finding[] {
  const { attributes, intended } = queue;
  const { KmsMasterKeyId = '', SqsManagedSseEnabled } = attributes;
  const { key } = intended.deadLetters;
  const name = 'encryption';
  // The policy of AWS's own key lets everyone use it who may use the queue.
  const isOwn = KmsMasterKeyId !== '' && KmsMasterKeyId !== 'alias/aws/sqs';
  // An alias may stand for any key.
  const isSame = KmsMasterKeyId.includes('alias/') || keyId(KmsMasterKeyId) === keyId(key ?? '');
  if (isOwn && intended.template.length > 0 && (key === undefined || !isSame)) {
    return [
      wrong('error', {
        name,
        is: `the KMS key ${KmsMasterKeyId}`,
        should: key ?? 'a key that the stack knows',
        otherwise: 'The function and the sender policy have no permission to use that key.',
        fix: command(
          'Set kmsKeyArn in cdk.json to the ARN of that key, then, in the clone:',
          'npx cdk deploy',
        ),
      }),
    ];
  }
  if (!isOwn && key !== undefined) {
    return [
      wrong('hint', {
        name,
        is: KmsMasterKeyId || "SQS's own key",
        should: `the KMS key ${key}`,
        otherwise: 'Notifications in the queue are not encrypted with your key.',
        fix: setAttribute(queue, 'KmsMasterKeyId', key),
      }),
    ];
  }
  if (KmsMasterKeyId !== '' || SqsManagedSseEnabled !== 'false') return [];
  return [
    wrong('hint', {
      name,
      is: 'off',
      should: 'on',
      otherwise: 'Notifications in the queue are not encrypted at rest.',
      fix: setAttribute(queue, 'SqsManagedSseEnabled', 'true'),
    }),
  ];
}

/** The last part of a key's ARN, or the id itself. */
function keyId(key: string): string | undefined {
  return key.split('/').at(-1);
}

function policy(queue: DeployedQueue): Finding[] {
  return denials(queue.attributes.Policy).map(({ sid, actions, isForAll, others }) => ({
    level: isForAll ? 'error' : 'hint',
    found: `policy: the statement ${sid} denies ${actions.join(', ')}${isForAll ? '' : ' to some, or in some cases'}`,
    otherwise: actions.includes('SendMessage')
      ? 'What it denies to the Remote Connection Server is never sent again.'
      : 'The function cannot receive and delete messages.',
    fix: setAttribute(queue, 'Policy', others),
  }));
}

/** A queue's redrive policy; without parts that it lacks. */
function redrivePolicy({ RedrivePolicy = '{}' }: QueueAttributes): {
  readonly deadLetterTargetArn?: string;
  readonly maxReceiveCount?: number;
} {
  const { maxReceiveCount, ...others } = JSON.parse(RedrivePolicy || '{}');
  return maxReceiveCount === undefined
    ? others
    : { ...others, maxReceiveCount: Number(maxReceiveCount) };
}
