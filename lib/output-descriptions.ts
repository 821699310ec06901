/** What each output of the stack is for. CloudFormation takes 1,024 bytes each. */
export const OUTPUT_DESCRIPTIONS = {
  QueueUrl:
    'The URL of the queue. Paste it into Deadline Monitor: Tools > Configure Repository Options > Notifications > SQS Notifications.',
  SenderPolicyArn:
    'The policy that lets a Remote Connection Server send. Attach it to its role or user.',
  ReaderPolicyArn:
    'The policy for people who only ask with the command line. Attach it to their group, role, or user.',
  JobTableName: 'The table with one row a job.',
  TaskTableName: 'The table with one row a task.',
  DeadLetterQueueUrl: 'The queue for messages that cannot be stored.',
  NewestBy: 'What makes one notification newer than another.',
  RetentionDays: 'How many days rows are kept, or off if forever.',
  EmptyFields: 'Whether rows have fields that hold nothing: keep or omit.',
  Rendering: 'Whether an index lists the tasks that render: on or off.',
  History: 'Which notifications have an entry in the history: off, problems, or all.',
  HistoryTableName: 'The table with the history: one entry a notification.',
  HistoryDays: 'How many days entries of the history are kept.',
  Events: 'Whether what becomes of jobs and tasks is published as events: off or on.',
  EventBusArn: 'The event bus that events go to. Make your rules on it.',
  FarmId: 'The farmId of events.',
  QueueId: 'The queueId of events.',
  EventsFunctionName: 'The function that publishes events.',
  UnsentEventsQueueUrl:
    'The queue for events that were given up, by their positions in the stream of the history.',
  Alerts: 'How many alerts there are.',
  AlertsFunctionName: 'The function that makes the messages of alerts.',
  AlertSenderFunctionName: 'The function that sends the messages of alerts.',
  UnsentAlertsQueueUrl: 'The queue for messages of alerts that were given up.',
  UnreadAlertsQueueUrl:
    'The queue for what was not told in time, by its positions in the stream of the history.',
  FunctionName: 'The function. The names of its alarms begin with it.',
  AlarmTopicArn: 'Where alarms go. Subscribe anything else to it, such as a chat.',
  DashboardUrl: 'The dashboard in CloudWatch.',
  SetUpQueue: 'Run this command once: it sets up the existing queue.',
  SetUpJobTable: 'Run this command once: it sets up the existing job table.',
  SetUpTaskTable: 'Run this command once: it sets up the existing task table.',
  SetUpRendering:
    'Run this command once, after SetUpTaskTable: it adds the index of what renders to the existing task table.',
} as const;

export type OutputName = keyof typeof OUTPUT_DESCRIPTIONS;
