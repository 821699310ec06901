import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadlineNotifications } from './deadline-notifications.ts';
import type { DeadlineNotificationsProps } from './props.ts';

/** A stack with just the construct and its outputs. */
export class DeadlineNotificationsStack extends Stack {
  constructor(scope: Construct, id: string, props?: DeadlineNotificationsProps) {
    super(scope, id, {
      description: 'Stores the newest SQS notification of each AWS Thinkbox Deadline job and task',
    });
    // The id `Default` adds nothing to the logical ids.
    new DeadlineNotifications(this, 'Default', props).addOutputs();
  }
}
