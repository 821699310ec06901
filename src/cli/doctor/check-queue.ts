import { SQSClient } from '@aws-sdk/client-sqs';
import { queueLength } from '../../shared/sqs-queue.ts';
import type { Check } from './check.ts';

/** Checks that the queue can be reached, and counts its messages. Its URL goes into Deadline Monitor. */
export const checkQueue: Check = {
  name: 'queue',
  needs: 'sqs:GetQueueAttributes on the queue',
  isRequired: true,
  async run({ session: { account, signal }, stack: { QueueUrl } }) {
    const count = await queueLength(new SQSClient(account), QueueUrl, signal);
    return { ok: true, found: `${QueueUrl}, ${messages(count)}` };
  },
};

/** `no messages`, `1 message`, `2 messages`. */
export function messages(count: number): string {
  return count === 1 ? '1 message' : `${count || 'no'} messages`;
}
