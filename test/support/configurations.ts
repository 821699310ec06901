import type { DeadlineNotificationsProps } from '../../lib/index.ts';

const ACCOUNT = '123456789012';

/** A value other than its default for each name that a configuration can have. */
export const CONFIGURED = {
  prefix: 'London-',
  alarmEmail: 'wranglers@example.com',
  silenceAlarmMinutes: 30,
  retentionDays: 90,
  newestBy: 'timestamp',
  emptyFields: 'omit',
  rendering: 'on',
  history: 'all',
  historyDays: 60,
  events: 'on',
  eventBus: 'farm',
  farmId: 'farm-0123456789abcdef0123456789abcdef',
  queueId: 'queue-0123456789abcdef0123456789abcdef',
  alerts: [
    {
      name: 'failures',
      when: ['job-failed', 'task-failed', 'task-requeued'],
      department: ['lighting', 'fx'],
      to: ['slack:/deadline/slack', 'email:wranglers@example.com'],
    },
    {
      name: 'done',
      when: 'job-completed',
      user: 'anna*',
      to: [
        'webhook:hook#/deadline/hook-secret',
        `sns:arn:aws:sns:eu-west-2:${ACCOUNT}:farm`,
        'log',
      ],
      message: '{name} is done: {tasks} tasks in {duration}',
    },
  ],
  alertDigestSeconds: 30,
  alertTimeZone: 'Europe/London',
  alertHosts: ['chat.example.com'],
  alertsKeyArn: `arn:aws:kms:eu-west-2:${ACCOUNT}:key/66666666-7777-8888-9999-000000000000`,
  allowRedrive: true,
  batchSize: 1_000,
  batchingWindowSeconds: 20,
  maxConcurrency: 4,
  memoryMiB: 1_024,
  logRetentionDays: 90,
  removalPolicy: 'destroy',
  senders: [ACCOUNT, `arn:aws:iam::${ACCOUNT}:role/rcs`],
  kmsKeyArn: `arn:aws:kms:eu-west-2:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`,
  existingQueueArn: `arn:aws:sqs:eu-west-2:${ACCOUNT}:deadline`,
  existingJobTable: 'Jobs',
  existingTaskTable: 'Tasks',
} as const satisfies Required<DeadlineNotificationsProps>;

/** What some names do nothing without. */
const NEEDED: Readonly<Record<string, DeadlineNotificationsProps>> = {
  eventBus: { events: 'on' },
  farmId: { events: 'on' },
  queueId: { events: 'on' },
};

/** Configurations of one name each and of what it needs, by that name. */
export const CONFIGURATIONS = Object.entries(CONFIGURED).map(
  ([name, value]) => [name, { [name]: value, ...NEEDED[name] }] as const,
);
