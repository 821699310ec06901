import { GetPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { profileOption } from '../aws/account.ts';
import { type Check, noOutput, type SetUp } from './check.ts';
import { letsSend } from './queue-policy.ts';

/** Checks that the policy that lets a Remote Connection Server send is attached. */
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
        found: "not attached, but the queue's own policy lets others send",
      };
    }
    const attach = `--policy-arn ${PolicyArn}${profileOption(session.account)}`;
    return {
      ok: false,
      found: 'not attached: the Remote Connection Server is not allowed to send',
      fix:
        "Attach it to the instance's role or to the user:\n\n" +
        `  aws iam attach-role-policy --role-name <role of the instance> ${attach}\n` +
        `  aws iam attach-user-policy --user-name deadline-rcs ${attach}\n\n` +
        'A server that already has permission to send, such as to an existing queue, does not need it.',
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
