import { SQSClient } from '@aws-sdk/client-sqs';
import { COMMAND } from '../../shared/resource-names.ts';
import { queueLength } from '../../shared/sqs-queue.ts';
import { type Check, setUpOptions } from './check.ts';
import { messages } from './check-queue.ts';

/** Checks that there are no messages that could not be stored. */
export const checkDeadLetters: Check = {
  name: 'dead letters',
  needs: 'sqs:GetQueueAttributes on the dead-letter queue',
  async run(setUp) {
    const { account, signal, stackName } = setUp.session;
    const { DeadLetterQueueUrl } = setUp.stack;
    const count = await queueLength(new SQSClient(account), DeadLetterQueueUrl, signal);
    if (count === 0) return { ok: true, found: 'none' };
    const list = `${COMMAND} dead-letters list --stack ${stackName} ${setUpOptions(setUp)}`;
    return {
      ok: false,
      found: `${messages(count)} in ${DeadLetterQueueUrl}`,
      fix: `See what they are and why they failed, then replay or delete them:\n\n  ${list}`,
    };
  },
};
