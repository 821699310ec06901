export { DeadlineNotifications } from './deadline-notifications.ts';
export type { AlertProps, DeadlineNotificationsProps } from './props.ts';
export { DeadlineNotificationsStack } from './stack.ts';
