import { GetPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { shellWord } from '../../terminal/shell-word.ts';
import { profileOption } from '../aws/account.ts';
import { type Check, type Finding, noOutput, type SetUp } from './check.ts';
import { letsSend } from './queue-policy.ts';
import { command } from './setting.ts';

/** Checks that the policy that lets a Remote Connection Server send is attached. */
export const checkSenderPolicy: Check = {
  name: 'sender policy',
  needs: 'iam:GetPolicy on it, and sqs:GetQueueAttributes on the queue',
  async run(setUp) {
    const { session, stack, intended, readQueue } = setUp;
    const { SenderPolicyArn: PolicyArn } = stack;
    if (PolicyArn === undefined) return noOutput('SenderPolicyArn');
    const { Policy } = await new IAMClient(session.account).send(
      new GetPolicyCommand({ PolicyArn }),
      { abortSignal: session.signal },
    );
    const count = Policy?.AttachmentCount ?? 0;
    if (count > 0)
      return { findings: [], summary: `attached ${count === 1 ? 'once' : `${count} times`}` };
    if (intended.grantsSend) {
      return { findings: [], summary: 'not attached, but the stack lets other parts of it send' };
    }
    const [, , , , accountId = ''] = PolicyArn.split(':');
    const { Policy: ownPolicy } = await readQueue(stack.QueueUrl);
    const summary = "not attached, but the queue's own policy lets others send";
    return {
      findings: letsSend(ownPolicy, accountId) ? [] : [unattached(PolicyArn, setUp)],
      summary,
    };
  },
};

/** Whoever sent to an existing queue before still may. */
function unattached(arn: string, { session, intended }: SetUp): Finding {
  const { isAdopted } = intended.queue;
  const attach = `--policy-arn ${shellWord(arn)}${profileOption(session.account)}`;
  return {
    level: isAdopted ? 'hint' : 'error',
    found: 'not attached, should be attached to the role or user of the Remote Connection Server',
    otherwise: isAdopted
      ? 'Only senders that already have permission to send to the existing queue can.'
      : 'The Remote Connection Server is not allowed to send.',
    fix: command(
      isAdopted
        ? 'For any other sender, attach it to its role or user:'
        : "Attach it to the instance's role or to the user:",
      `aws iam attach-role-policy --role-name <role of the instance> ${attach}`,
      `aws iam attach-user-policy --user-name deadline-rcs ${attach}`,
    ),
  };
}
