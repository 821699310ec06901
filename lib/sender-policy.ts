import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** What the role or user of Deadline's Remote Connection Server needs to send to the queue. */
export function senderPolicy(scope: Construct, id: string, queue: IQueue): ManagedPolicy {
  return new ManagedPolicy(scope, id, {
    description: 'Lets a Deadline Remote Connection Server send its notifications',
    statements: [
      new PolicyStatement({
        actions: ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
        resources: [queue.queueArn],
      }),
    ],
  });
}
