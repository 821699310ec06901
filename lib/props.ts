/**
 * What can be said of a deployment, of the construct in the same names as of the stack in the CDK's
 * context. All of it may be left out.
 */
export interface DeadlineNotificationsProps {
  /**
   * Put before every name, so that several farms share an account and a region: a letter, then
   * letters, digits and hyphens, 32 at most.
   * @default - none
   */
  readonly prefix?: string;
  /**
   * Who gets a mail when an alarm goes off. AWS asks the address for consent first.
   * @default - nobody
   */
  readonly alarmEmail?: string;
  /**
   * Sounds an alarm when no notification came for so many minutes: 5 to 1440.
   * @default - silence is no alarm
   */
  readonly silenceAlarmMinutes?: number;
  /**
   * How many days after it was sent a notification's row is deleted: 1 to 3650.
   * @default - rows are kept
   */
  readonly retentionDays?: number;
  /**
   * What makes one notification newer than another.
   * @default 'sent_timestamp'
   */
  readonly newestBy?: 'sent_timestamp' | 'timestamp';
  /**
   * Whether fields that hold nothing are in the rows, as in those of Deadline's documented example, or
   * left out.
   * @default 'keep'
   */
  readonly emptyFields?: 'keep' | 'omit';
  /**
   * Whether SQS's own redrive may move dead letters: it sends them anew, as if they were the newest.
   * @default 'denied'
   */
  readonly redrive?: 'denied' | 'allowed';
  /**
   * The most messages of an invocation: 1 to 10000.
   * @default 500
   */
  readonly batchSize?: number;
  /**
   * How many seconds messages are gathered for an invocation: 0 to 300; with 0 a batch has at most 10.
   * @default 5
   */
  readonly batchingWindowSeconds?: number;
  /**
   * The most invocations at once: 2 to 1000.
   * @default 10
   */
  readonly maxConcurrency?: number;
  /**
   * The function's memory in MiB, and with it its share of a CPU: 256 to 10240.
   * @default 512
   */
  readonly memoryMiB?: number;
  /**
   * How many days CloudWatch keeps the function's logs: one of the numbers that it knows.
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * What becomes of the tables when the stack is deleted.
   * @default 'retain'
   */
  readonly removalPolicy?: 'retain' | 'destroy';
  /**
   * Who may send beyond those that have the sender policy: account ids, and ARNs of IAM roles and
   * users.
   * @default - nobody
   */
  readonly senders?: readonly string[];
  /**
   * The KMS key that encrypts what is in the queues, or with which an existing queue is encrypted. Its
   * key policy must leave it to IAM who may use it, as those of keys made in the console do.
   * @default - SQS's own key
   */
  readonly kmsKeyArn?: string;
  /**
   * A Standard queue of the same account and region that Deadline sends to already. It stays as it is.
   * @default - a new queue
   */
  readonly existingQueueArn?: string;
  /**
   * The name of a table of the same account and region that has Deadline's jobs. It stays as it is.
   * @default - a new table
   */
  readonly existingJobTable?: string;
  /**
   * The name of a table of the same account and region that has Deadline's tasks. It stays as it is.
   * @default - a new table
   */
  readonly existingTaskTable?: string;
}
