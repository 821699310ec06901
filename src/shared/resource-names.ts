/** What the command line is called, wherever it is installed. */
export const COMMAND = 'deadline-notifications';

/** The names of what is deployed, all of which begin with the prefix: by it, farms share an account. */
export function resourceNames(prefix = '') {
  const name = `${prefix}DeadlineNotifications`;
  return {
    /** Of the stack, the queue, the function and its metrics. */
    name,
    deadLetters: `${name}-DeadLetters`,
    jobTable: `${prefix}DeadlineJobNotifications`,
    taskTable: `${prefix}DeadlineTaskNotifications`,
    logGroup: `/aws/lambda/${name}`,
    alarms: `${name}-Alarms`,
  } as const;
}

export type Names = ReturnType<typeof resourceNames>;
