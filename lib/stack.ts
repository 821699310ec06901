import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadlineNotifications } from './deadline-notifications.ts';
import type { DeadlineNotificationsProps } from './props.ts';

/** A stack with nothing but the construct, and with what it puts out. */
export class DeadlineNotificationsStack extends Stack {
  constructor(scope: Construct, id: string, props?: DeadlineNotificationsProps) {
    super(scope, id, {
      description: 'Stores the newest SQS notification of each AWS Thinkbox Deadline job and task',
    });
    // Named so, it adds nothing to the logical ids.
    const { outputs } = new DeadlineNotifications(this, 'Default', props);
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
