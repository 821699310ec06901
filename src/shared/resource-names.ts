/** The name of the command line. */
export const COMMAND = 'deadline-notifications';

/** The names of deployed resources. A prefix lets several farms share an account. */
export function resourceNames(prefix = '') {
  const name = `${prefix}DeadlineNotifications`;
  return {
    /** Of the stack, the queue, the function, and its metrics. */
    name,
    deadLetters: `${name}-DeadLetters`,
    jobTable: `${prefix}DeadlineJobNotifications`,
    taskTable: `${prefix}DeadlineTaskNotifications`,
    historyTable: `${prefix}DeadlineNotificationHistory`,
    logGroup: `/aws/lambda/${name}`,
    alarms: `${name}-Alarms`,
    /** Of the function that publishes events. */
    events: `${name}-Events`,
    eventsLogGroup: `/aws/lambda/${name}-Events`,
    unsentEvents: `${name}-UnsentEvents`,
    /** Of the function that makes messages of alerts, and the beginning of the names of topics for e-mail. */
    alerts: `${name}-Alerts`,
    alertsLogGroup: `/aws/lambda/${name}-Alerts`,
    /** Of the function that sends them. */
    alertSender: `${name}-AlertSender`,
    alertSenderLogGroup: `/aws/lambda/${name}-AlertSender`,
    /** Messages to send, those that were given up, and what was not read of the history in time. */
    alertQueue: `${name}-Alerts.fifo`,
    unsentAlerts: `${name}-UnsentAlerts.fifo`,
    unreadAlerts: `${name}-UnreadAlerts`,
  } as const;
}

export type Names = ReturnType<typeof resourceNames>;
