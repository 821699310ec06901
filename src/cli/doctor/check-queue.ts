import { SQSClient } from '@aws-sdk/client-sqs';
import { queueLength } from '../../shared/sqs-queue.ts';
import type { Check } from './check.ts';

/** Whether the queue can be reached, and what waits in it. Its URL is what Deadline Monitor has to have. */
export const checkQueue: Check = {
  name: 'queue',
  needs: 'sqs:GetQueueAttributes on the queue',
  isRequired: true,
  async run({ session: { account, signal }, stack: { QueueUrl } }) {
    const count = await queueLength(new SQSClient(account), QueueUrl, signal);
    return { ok: true, found: `${QueueUrl}, ${messages(count)} in it` };
  },
};

/** `no messages`, `1 message`, `2 messages`. */
export function messages(count: number): string {
  return count === 1 ? '1 message' : `${count || 'no'} messages`;
}
