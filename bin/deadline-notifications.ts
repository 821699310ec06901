import { App } from 'aws-cdk-lib';
import { DeadlineNotificationsStack } from '../lib/stack.ts';

new DeadlineNotificationsStack(new App(), 'DeadlineNotifications');
