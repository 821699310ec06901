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
  } as const;
}

export type Names = ReturnType<typeof resourceNames>;
