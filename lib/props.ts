/** A text, or several. */
type Texts = string | readonly string[];

type Transition =
  | `job-${'completed' | 'failed' | 'suspended' | 'deleted'}`
  | `task-${'started' | 'completed' | 'failed' | 'suspended' | 'requeued' | 'stopped'}`;

/**
 * Which transitions are told to whom. Filters are patterns with `*` and `?`, one of which must fit; with several
 * filters, each must fit.
 */
export interface AlertProps {
  /** A name of its own, which messages show: at most 40 characters. */
  readonly name: string;
  /** Such as `job-failed`. */
  readonly when: Transition | readonly Transition[];
  /**
   * Channels: `slack:`, `teams:`, `discord:`, or `webhook:` with the name of an SSM parameter, `email:` with an
   * address, `sns:` with the ARN of a topic, or `log`.
   */
  readonly to: Texts;
  /**
   * What a message begins with. It may name fields in braces, such as `{name} is done`.
   * @default - what became of the job or its tasks
   */
  readonly message?: string;
  /**
   * The ids of Deadline's users in channels.
   * @default - nobody is mentioned
   */
  readonly mention?: Readonly<Record<string, Texts>>;
  /**
   * Names of jobs.
   * @default - any
   */
  readonly job?: Texts;
  /**
   * Users of jobs.
   * @default - any
   */
  readonly user?: Texts;
  /**
   * Departments of jobs.
   * @default - any
   */
  readonly department?: Texts;
  /**
   * Plugins of jobs.
   * @default - any
   */
  readonly plugin?: Texts;
  /**
   * Pools of jobs.
   * @default - any
   */
  readonly pool?: Texts;
  /**
   * Batches of jobs.
   * @default - any
   */
  readonly batch?: Texts;
  /**
   * Workers. Only tasks have one.
   * @default - any
   */
  readonly worker?: Texts;
}

/**
 * The settings of a deployment: props of the construct, or CDK context values of the stack. All are
 * optional.
 */
export interface DeadlineNotificationsProps {
  /**
   * Prefix of every resource name, to run several farms in one account and region: a letter followed by
   * letters, digits, and hyphens, at most 32 characters.
   * @default - none
   */
  readonly prefix?: string;
  /**
   * E-mail address to notify when an alarm goes off. AWS first asks it to confirm the subscription.
   * @default - none
   */
  readonly alarmEmail?: string;
  /**
   * Raises an alarm when no notification arrives for this many minutes: 5 to 1440.
   * @default - no such alarm
   */
  readonly silenceAlarmMinutes?: number;
  /**
   * Deletes rows this many days after their notification was sent: 1 to 3650.
   * @default - rows are kept
   */
  readonly retentionDays?: number;
  /**
   * What determines which notification is newer: the time SQS received it (`sent_timestamp`), or
   * Deadline's own time (`timestamp`).
   * @default 'sent_timestamp'
   */
  readonly newestBy?: 'sent_timestamp' | 'timestamp';
  /**
   * Whether empty fields are kept in the rows, as in Deadline's documented example, or omitted.
   * @default 'keep'
   */
  readonly emptyFields?: 'keep' | 'omit';
  /**
   * Whether an index lists the tasks that render. Each start and each stop of a task then takes a write unit
   * more.
   * @default 'off'
   */
  readonly rendering?: 'on' | 'off';
  /**
   * Which notifications have an entry in the history, a table of its own: all of jobs and those of tasks that
   * failed, were requeued, or were suspended (`problems`), or all. Each takes a write unit more.
   * @default 'off'
   */
  readonly history?: 'off' | 'problems' | 'all';
  /**
   * Deletes entries of the history this many days after their notification's own time: 1 to 3650.
   * @default 30
   */
  readonly historyDays?: number;
  /**
   * Whether transitions are published as events in EventBridge. Needs the history: where it is `off`, it is
   * `problems` instead.
   * @default 'off'
   */
  readonly events?: 'off' | 'on';
  /**
   * The event bus that events go to: a name, or an ARN.
   * @default - the account's default bus
   */
  readonly eventBus?: string;
  /**
   * The `farmId` of events, such as the id of the farm's successor in AWS Deadline Cloud.
   * @default - events have none
   */
  readonly farmId?: string;
  /**
   * The `queueId` of events, such as the id of a queue in AWS Deadline Cloud.
   * @default - events have none
   */
  readonly queueId?: string;
  /**
   * Which transitions are told to whom. They need the history: at least its `problems`, and `all` where one is
   * told of tasks that start, complete, or stop.
   * @default - none
   */
  readonly alerts?: readonly AlertProps[];
  /**
   * How long what happens is gathered before it is told, in seconds: 0 to 300.
   * @default 60
   */
  readonly alertDigestSeconds?: number;
  /**
   * The time zone of clock times in alerts, such as `Europe/London`.
   * @default 'UTC'
   */
  readonly alertTimeZone?: string;
  /**
   * Hosts that channels of Slack may also have, such as that of a Mattermost server.
   * @default - none
   */
  readonly alertHosts?: readonly string[];
  /**
   * The KMS key that encrypts the parameters with the URLs of channels. Its key policy must let IAM policies
   * control access.
   * @default - the key of Systems Manager
   */
  readonly alertsKeyArn?: string;
  /**
   * Whether SQS's own redrive of dead letters is allowed. It gives them a new send time, so they would
   * count as the newest.
   * @default false
   */
  readonly allowRedrive?: boolean;
  /**
   * The most messages per invocation: 1 to 10000.
   * @default 500
   */
  readonly batchSize?: number;
  /**
   * How long Lambda collects messages for an invocation, in seconds: 0 to 300. With 0, a batch has at most
   * 10 messages.
   * @default 5
   */
  readonly batchingWindowSeconds?: number;
  /**
   * The most concurrent invocations: 2 to 1000.
   * @default 10
   */
  readonly maxConcurrency?: number;
  /**
   * The function's memory in MiB, which also determines its share of a CPU: 256 to 10240.
   * @default 512
   */
  readonly memoryMiB?: number;
  /**
   * How long CloudWatch keeps the function's logs, in days: one of the values it supports.
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * What happens to the tables when the stack is deleted.
   * @default 'retain'
   */
  readonly removalPolicy?: 'retain' | 'destroy';
  /**
   * Who may send in addition to those with the sender policy: account ids, and ARNs of IAM roles and users.
   * @default - none
   */
  readonly senders?: readonly string[];
  /**
   * The KMS key that encrypts the queues, including an existing queue. Its key policy must let IAM policies
   * control access, as that of a key created in the console does.
   * @default - SQS's own key
   */
  readonly kmsKeyArn?: string;
  /**
   * A standard queue in the same account and region that Deadline already sends to. It is not changed.
   * @default - a new queue
   */
  readonly existingQueueArn?: string;
  /**
   * The name of an existing table of Deadline's jobs in the same account and region. It is not changed.
   * @default - a new table
   */
  readonly existingJobTable?: string;
  /**
   * The name of an existing table of Deadline's tasks in the same account and region. It is not changed.
   * @default - a new table
   */
  readonly existingTaskTable?: string;
}
