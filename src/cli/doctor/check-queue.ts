import { messageCount } from '../aws/queue-attributes.ts';
import { type Check, setUpOptions } from './check.ts';
import { queueFindings } from './queue-findings.ts';

/** Checks the settings of the queue, and counts its messages. Its URL goes into Deadline Monitor. */
export const checkQueue: Check = {
  name: 'queue',
  needs: 'sqs:GetQueueAttributes on both queues',
  isRequired: true,
  async run(setUp) {
    const { stack, intended, readQueue } = setUp;
    const url = stack.QueueUrl;
    const attributes = await readQueue(url);
    // What is wrong with the other queue is reported as its own.
    const deadLetters = await readQueue(stack.DeadLetterQueueUrl).catch(() => undefined);
    return {
      findings: queueFindings({
        url,
        attributes,
        deadLetterArn: deadLetters?.QueueArn,
        intended,
        options: setUpOptions(setUp),
      }),
      summary: `${url}, ${messages(messageCount(attributes))}`,
    };
  },
};

/** `no messages`, `1 message`, `2 messages`. */
export function messages(count: number): string {
  return count === 1 ? '1 message' : `${count || 'no'} messages`;
}
