import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { NotificationQueues } from './queues.ts';

/** What the role or user of Deadline's Remote Connection Server needs to send to the queue. */
export function senderPolicy(
  scope: Construct,
  id: string,
  queues: NotificationQueues,
): ManagedPolicy {
  const policy = new ManagedPolicy(scope, id, {
    description: 'Lets a Deadline Remote Connection Server send its notifications',
  });
  queues.grantSend(policy);
  return policy;
}
