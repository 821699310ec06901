import { Token } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { InvalidConfiguration } from '../src/shared/errors.ts';
import { resourceNames } from '../src/shared/resource-names.ts';
import {
  EMPTY_FIELDS,
  EVENTS,
  HISTORY,
  HISTORY_DAYS,
  MAX_RETENTION_DAYS,
  NEWEST_BY,
  RENDERING,
} from '../src/shared/setting-values.ts';
import { isTimeZone } from '../src/shared/time-zone.ts';
import { must } from '../src/shared/validate.ts';
import { alertProblems, alertsOf, hasToken, historyFor } from './alerts/alert-setting.ts';
import type { DeadlineNotificationsProps } from './props.ts';
import { misspelling } from './setting-names.ts';

/** The retention periods that CloudWatch Logs supports, in days. */
const LOG_RETENTION = Object.values(RetentionDays)
  .filter((days) => typeof days === 'number')
  .filter((days) => days !== RetentionDays.INFINITE)
  .map(Number);

const KNOWN =
  'must be known when the app is synthesized, so it cannot be a token, such as the value of a CfnParameter';

/** A value that decides what the stack consists of, so it cannot be a CDK token. */
function known<T extends z.ZodType>(schema: T) {
  return z.unknown().refine(isKnown, { error: KNOWN }).pipe(schema);
}

/** A token for a whole list is an element of it, alone or beside others. */
function isKnown(value: unknown): boolean {
  return Array.isArray(value)
    ? !value.some((element) => Token.isUnresolved([element]))
    : !Token.isUnresolved(value);
}

function whole(min: number, max: number) {
  const rule = must(`be a whole number from ${min} to ${max}`);
  return known(z.int(rule).min(min, rule).max(max, rule));
}

function oneOf<const T extends readonly (string | number)[]>(values: T) {
  return known(z.literal(values, must(`be one of ${values.join(', ')}`)));
}

/** Text that matches `form`, or a CDK token, whose value is known only at deployment. */
function text(form: RegExp, rule: string) {
  const isValid = (value: string) => Token.isUnresolved(value) || form.test(value);
  return z.string(must(rule)).refine(isValid, must(rule));
}

/** Numbers, which the command line passes as text. */
const Numbers = {
  silenceAlarmMinutes: whole(5, 1_440).optional(),
  retentionDays: whole(1, MAX_RETENTION_DAYS).optional(),
  historyDays: whole(1, MAX_RETENTION_DAYS).default(HISTORY_DAYS),
  alertDigestSeconds: whole(0, 300).default(60),
  batchSize: whole(1, 10_000).default(500),
  batchingWindowSeconds: whole(0, 300).default(5),
  maxConcurrency: whole(2, 1_000).default(10),
  memoryMiB: whole(256, 10_240).default(512),
  logRetentionDays: oneOf(LOG_RETENTION).default(30),
};

/** Booleans, which the command line passes as text. */
const Booleans = {
  allowRedrive: known(z.boolean(must('be true or false'))).default(false),
};

const tableName = text(/^[\w.-]{3,255}$/, 'be the name of a DynamoDB table');
const sender = text(
  /^(\d{12}|arn:[\w-]+:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+))$/,
  'be an account id, or the ARN of an IAM role or user',
);

/** An id of AWS Deadline Cloud, such as `farm-0123…`, or whatever rules shall match in its place. */
const cloudId = text(
  /^[\w-]{1,128}$/,
  'be 1 to 128 letters, digits, hyphens, and underscores',
).optional();

/** Alerts as they are written; they go into a file of the function's code. */
const alerts = z.unknown().superRefine((value, context) => {
  const problems = hasToken(value) ? [KNOWN] : alertProblems(value);
  for (const message of problems) context.addIssue({ code: 'custom', message });
});

const TIME_ZONE = must('be a time zone, such as Europe/London');
const timeZone = z
  .string(TIME_ZONE)
  .refine((name) => Token.isUnresolved(name) || isTimeZone(name), TIME_ZONE);

const keyArn = text(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, 'be the ARN of a KMS key');

/** What an SQS queue's policy may hold (SQS developer guide, "Amazon SQS policy quotas"). */
const POLICY = { principals: 50, bytes: 8_192 };
/** The stack's own refusal of requests without TLS names everyone. */
const MAX_SENDERS = POLICY.principals - 1;
/** What a queue's policy holds besides the senders, in bytes: at most this, with the longest names. */
const POLICY_WITHOUT_SENDERS = 700;

/** Whether the ARNs of senders fit into a queue's policy. An account id becomes an ARN of about 40 bytes. */
function fitIntoPolicy(senders: readonly string[]): boolean {
  const quotesAndComma = 3;
  const bytes = senders.map((each) => Math.max(each.length, 40) + quotesAndComma);
  return bytes.reduce((sum, each) => sum + each, POLICY_WITHOUT_SENDERS) <= POLICY.bytes;
}

/** The settings that say something of events. */
const OF_EVENTS = ['eventBus', 'farmId', 'queueId'] as const;

/** Every setting, with its rule and default. */
export const Schema = z
  .strictObject({
    prefix: text(
      /^[A-Za-z][A-Za-z\d-]{0,31}$/,
      'be a letter followed by up to 31 letters, digits, and hyphens',
    ).default(''),
    alarmEmail: text(z.regexes.email, 'be an e-mail address').optional(),
    newestBy: oneOf(NEWEST_BY).default('sent_timestamp'),
    emptyFields: oneOf(EMPTY_FIELDS).default('keep'),
    rendering: oneOf(RENDERING).default('off'),
    history: oneOf(HISTORY).default('off'),
    events: oneOf(EVENTS).default('off'),
    eventBus: text(
      /^([\w./-]{1,256}|arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\/[\w./-]{1,256})$/,
      'be the name or the ARN of an event bus',
    ).optional(),
    farmId: cloudId,
    queueId: cloudId,
    alerts: alerts.default([]),
    alertTimeZone: timeZone.default('UTC'),
    alertHosts: known(
      z
        .array(
          text(
            /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d-]+$/i,
            'be a host, such as chat.example.com',
          ),
          must('be a list'),
        )
        .readonly(),
    ).default([]),
    alertsKeyArn: keyArn.optional(),
    removalPolicy: oneOf(['retain', 'destroy']).default('retain'),
    senders: known(
      z
        .array(sender, must('be a list'))
        .max(MAX_SENDERS, must(`have at most ${MAX_SENDERS} entries, the limit of an SQS policy`))
        .refine(
          fitIntoPolicy,
          `make a queue policy of more than ${POLICY.bytes} bytes, the limit of SQS: name accounts instead of their roles`,
        )
        .readonly(),
    ).default([]),
    kmsKeyArn: keyArn.optional(),
    existingQueueArn: text(
      /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]{1,80}$/,
      'be the ARN of a standard SQS queue',
    ).optional(),
    existingJobTable: tableName.optional(),
    existingTaskTable: tableName.optional(),
    ...Numbers,
    ...Booleans,
  })
  .refine((all) => all.batchSize <= 10 || all.batchingWindowSeconds > 0, {
    path: ['batchSize'],
    error: 'must be at most 10 if batchingWindowSeconds is 0 (a Lambda limit)',
  })
  .refine((all) => all.senders.length === 0 || all.existingQueueArn === undefined, {
    path: ['senders'],
    error: 'cannot be set for an existing queue: add them to its own policy',
  })
  .superRefine((all, context) => {
    for (const name of OF_EVENTS) {
      if (all.events === 'on' || all[name] === undefined) continue;
      const message = 'needs events to be on: without events, it does nothing';
      context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  .refine((all) => all.existingJobTable !== taskTable(all), {
    path: ['existingJobTable'],
    error: 'must not be the task table',
  })
  .refine((all) => all.existingTaskTable !== jobTable(all), {
    path: ['existingTaskTable'],
    error: 'must not be the job table',
  });

/** The names of all settings. */
export const SETTINGS = Object.keys(Schema.shape);
const UNKNOWN = `is unknown (known: ${SETTINGS.join(', ')})`;

/** The settings that determine the tables' names. */
interface TableNames {
  readonly prefix: string;
  readonly existingJobTable?: string | undefined;
  readonly existingTaskTable?: string | undefined;
}
const jobTable = ({ prefix, existingJobTable }: TableNames) =>
  existingJobTable ?? resourceNames(prefix).jobTable;
const taskTable = ({ prefix, existingTaskTable }: TableNames) =>
  existingTaskTable ?? resourceNames(prefix).taskTable;

/** A validated configuration, with defaults filled in. */
export type Configuration = Readonly<z.output<typeof Schema>>;

/** @throws InvalidConfiguration listing each wrong or unknown setting with its rule */
export function configure(props: DeadlineNotificationsProps): Configuration {
  const { success, data, error } = Schema.safeParse(props satisfies z.input<typeof Schema>);
  if (success) return withHistory(data);
  const problems = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => `${name} ${misspelling(name, SETTINGS) ?? UNKNOWN}`)
      : `${issue.path.join('.')} ${issue.message}`,
  );
  throw invalid(problems);
}

/** Events and alerts are made of the history, which is then at least at what they need. */
function withHistory(data: Configuration): Configuration {
  const needed = [
    data.history,
    data.events === 'on' ? 'problems' : 'off',
    historyFor(alertsOf(data.alerts)),
  ] as const;
  const level = Math.max(...needed.map((each) => HISTORY.indexOf(each)));
  return { ...data, history: HISTORY[level] ?? data.history };
}

/** @param problems each with the name of its setting */
export function invalid(problems: readonly string[]): InvalidConfiguration {
  return new InvalidConfiguration(`Configuration: ${[...new Set(problems)].join('; ')}.`);
}

/** Context keys of the CDK's own command line, besides those with a `:` or an `@`. */
const OF_THE_CDK = new Set(['acknowledged-issue-numbers', 'cli-telemetry']);

/** What an app's context has for the stack. */
export interface ContextValues {
  /** Settings, and names that were probably meant as settings. */
  readonly props: DeadlineNotificationsProps;
  /** Names that resemble no setting: they may belong to another tool, or to a later CDK. */
  readonly ignored: readonly string[];
}

/**
 * Reads an app's context: from `cdk.json`, or from `-c name=value`, where numbers and booleans are text and
 * lists are separated by commas, but that of alerts is JSON. Does not validate any value.
 */
export function fromContext(context: Readonly<Record<string, unknown>>): ContextValues {
  const isOurs = (name: string) =>
    SETTINGS.includes(name) || misspelling(name, SETTINGS) !== undefined;
  const names = Object.keys(context).filter((name) => !/[:@]/.test(name) && !OF_THE_CDK.has(name));
  return {
    props: Object.fromEntries(
      names.filter(isOurs).map((name) => [name, typed(name, context[name])]),
    ),
    ignored: names.filter((name) => !isOurs(name)),
  };
}

function typed(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (name === 'senders' || name === 'alertHosts') return value.split(',');
  if (name === 'alerts') return ofJson(value);
  if (name in Booleans && /^(true|false)$/.test(value)) return value === 'true';
  return name in Numbers && /^\d+$/.test(value) ? Number(value) : value;
}

/** Text that is no JSON stays text, which is then refused. */
function ofJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
