export { DeadlineNotifications } from './deadline-notifications.ts';
export type { DeadlineNotificationsProps } from './props.ts';
export { DeadlineNotificationsStack } from './stack.ts';
