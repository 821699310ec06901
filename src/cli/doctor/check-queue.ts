import { SQSClient } from '@aws-sdk/client-sqs';
import { queueLength } from '../../shared/sqs-queue.ts';
import { cliOptionsOf, type SetUp, type Step } from './check.ts';

const needs = 'sqs:GetQueueAttributes on the queue';

/** Whether the queue can be reached, and what waits in it: what Deadline Monitor is to have the URL of. */
export const queue: Step = {
  step: 'queue',
  needs,
  isRequired: true,
  async look({ session: { account, signal }, stack: { QueueUrl } }) {
    const count = await queueLength(new SQSClient(account), QueueUrl, signal);
    return { ok: true, found: `${QueueUrl}, ${messages(count)} in it` };
  },
};

/** Whether there are messages that could not be stored. */
export const deadLetters: Step = {
  step: 'dead letters',
  needs: `${needs} of dead letters`,
  async look(setUp) {
    const { account, signal } = setUp.session;
    const { DeadLetterQueueUrl } = setUp.stack;
    const count = await queueLength(new SQSClient(account), DeadLetterQueueUrl, signal);
    if (count === 0) return { ok: true, found: 'none' };
    return {
      ok: false,
      found: `${messages(count)} in ${DeadLetterQueueUrl}`,
      mend: `See what they are and why, then replay or delete them:\n\n  ${command(setUp)}`,
    };
  },
};

function command(setUp: SetUp): string {
  return `npm run dead-letters -- --stack ${setUp.session.stackName} ${cliOptionsOf(setUp)}`;
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count || 'no'} messages`;
}
