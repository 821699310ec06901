import { GetPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { profileOption } from '../aws/account.ts';
import { type Check, noOutput, type SetUp } from './check.ts';
import { letsSend } from './queue-policy.ts';

/** Whether anybody has the policy by which a Remote Connection Server may send. */
export const checkSenderPolicy: Check = {
  name: 'sender policy',
  needs: 'iam:GetPolicy on it, and sqs:GetQueueAttributes on the queue',
  async run(setUp) {
    const { session, stack } = setUp;
    const { SenderPolicyArn: PolicyArn } = stack;
    if (PolicyArn === undefined) return noOutput('SenderPolicyArn');
    const { Policy } = await new IAMClient(session.account).send(
      new GetPolicyCommand({ PolicyArn }),
      { abortSignal: session.signal },
    );
    const count = Policy?.AttachmentCount ?? 0;
    const times = count === 1 ? 'once' : `${count} times`;
    if (count > 0) return { ok: true, found: `attached ${times}` };
    const [, , , , accountId = ''] = PolicyArn.split(':');
    if (letsSend(await ownPolicy(setUp), accountId)) {
      return {
        ok: true,
        found: 'attached to nobody, but the policy of the queue lets others send',
      };
    }
    const attach = `--policy-arn ${PolicyArn}${profileOption(session.account)}`;
    return {
      ok: false,
      found: 'attached to nobody: the Remote Connection Server may not send',
      fix:
        'Attach it to the role of its instance, or to its user:\n\n' +
        `  aws iam attach-role-policy --role-name <role of the instance> ${attach}\n` +
        `  aws iam attach-user-policy --user-name deadline-rcs ${attach}\n\n` +
        'One that may send by a policy of its own, as to a queue that was there before, does not need it.',
    };
  },
};

async function ownPolicy({ session, stack: { QueueUrl } }: SetUp): Promise<string | undefined> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] });
  const { Attributes } = await new SQSClient(session.account).send(command, {
    abortSignal: session.signal,
  });
  return Attributes?.Policy;
}
