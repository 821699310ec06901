import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';
import type { Rules } from '../../ingest/ingest.ts';
import type { Settings } from '../../ingest/settings.ts';
import { NotReached, StackNotFound } from '../../shared/errors.ts';
import type { Kind } from '../../shared/kinds.ts';
import { RetentionDays } from '../../shared/retention-days.ts';
import {
  EMPTY_FIELDS,
  EVENTS,
  HISTORY,
  HISTORY_DAYS,
  NEWEST_BY,
  RENDERING,
} from '../../shared/setting-values.ts';
import { awsErrorDetail } from '../explain.ts';
import { type Account, resolveRegion } from './account.ts';
import { noCredentials } from './credentials.ts';

const off = z.pipe(
  z.literal('off'),
  z.transform(() => undefined),
);
const Outputs = z.object({
  QueueUrl: z.string(),
  DeadLetterQueueUrl: z.string(),
  JobTableName: z.string(),
  TaskTableName: z.string(),
  NewestBy: z.enum(NEWEST_BY),
  RetentionDays: z.union([off, RetentionDays]),
  EmptyFields: z.enum(EMPTY_FIELDS),
  // Missing in stacks of versions before these settings.
  Rendering: z._default(z.enum(RENDERING), 'off'),
  History: z._default(z.enum(HISTORY), 'off'),
  // Missing where the history is off.
  HistoryTableName: z.optional(z.string()),
  HistoryDays: z._default(RetentionDays, HISTORY_DAYS),
  Events: z._default(z.enum(EVENTS), 'off'),
  // Missing where events are off, and in the local pipeline.
  EventBusArn: z.optional(z.string()),
  FarmId: z.optional(z.string()),
  QueueId: z.optional(z.string()),
  EventsFunctionName: z.optional(z.string()),
  UnsentEventsQueueUrl: z.optional(z.string()),
  // Missing where there are no alerts.
  Alerts: z.optional(z.string()),
  AlertsFunctionName: z.optional(z.string()),
  AlertSenderFunctionName: z.optional(z.string()),
  UnsentAlertsQueueUrl: z.optional(z.string()),
  UnreadAlertsQueueUrl: z.optional(z.string()),
  // Missing in the local pipeline and in stacks of older versions.
  SenderPolicyArn: z.optional(z.string()),
  FunctionName: z.optional(z.string()),
  AlarmTopicArn: z.optional(z.string()),
  // Only for what existed before the stack: the command that sets it up.
  SetUpQueue: z.optional(z.string()),
  SetUpJobTable: z.optional(z.string()),
  SetUpTaskTable: z.optional(z.string()),
});

/** The deployed stack's outputs that the command line needs. */
export type StackOutputs = z.infer<typeof Outputs>;

/** The rules that the stack's function applies to rows. */
export function functionRules(stack: StackOutputs): Rules {
  return {
    newestBy: stack.NewestBy,
    retentionDays: stack.RetentionDays,
    emptyFields: stack.EmptyFields,
    rendering: stack.Rendering,
  };
}

/** The rules of the history; `undefined` where it is off. */
export function historyRules(stack: StackOutputs): Settings['history'] {
  const { History: level, HistoryDays: days, HistoryTableName: tableName } = stack;
  return level === 'off' || tableName === undefined ? undefined : { level, days, tableName };
}

export function tableName(stack: StackOutputs, kind: Kind): string {
  return kind === 'job' ? stack.JobTableName : stack.TaskTableName;
}

/**
 * Reads the outputs of the deployed stack.
 *
 * @throws NoCredentials if AWS credentials are missing or not valid
 * @throws StackNotFound if the stack does not exist, is of another version, or AWS cannot be reached
 */
export async function readStackOutputs(
  stackName: string,
  account: Account,
  signal?: AbortSignal,
): Promise<StackOutputs> {
  await resolveRegion(account);
  const outputs = await describe(stackName, account, signal);
  const { success, data, error } = z.safeParse(Outputs, outputs);
  if (success) return data;
  const wrong = [...new Set(error.issues.map(({ path }) => String(path[0])))];
  throw unfit(stackName, outputs, wrong);
}

type OutputValues = Readonly<Record<string, string | undefined>>;

/** @param wrong the outputs that are missing or have an unknown value */
function unfit(stackName: string, outputs: OutputValues, wrong: readonly string[]): StackNotFound {
  const missing = wrong.filter((name) => outputs[name] === undefined);
  if (missing.includes('QueueUrl')) {
    return new StackNotFound(
      `The stack ${stackName} lacks outputs that this command line needs: ${missing.join(', ')}.`,
      'Is it a Deadline Notifications stack? If you use the construct in your own stack, add its outputs to the stack.',
    );
  }
  if (missing.length > 0) {
    return new StackNotFound(
      `The stack ${stackName} is older than this command line: it lacks ${missing.join(', ')}.`,
      'Deploy it again (npx cdk deploy).',
    );
  }
  const values = wrong.map((name) => `${name} is ${JSON.stringify(outputs[name])}`);
  return new StackNotFound(
    `The stack ${stackName} has output values that this command line does not know: ${values.join(', ')}.`,
    'Use the version of the command line that deployed it.',
  );
}

async function describe(
  stackName: string,
  account: Account,
  signal: AbortSignal | undefined,
): Promise<OutputValues> {
  try {
    const client = new CloudFormationClient(account);
    const command = new DescribeStacksCommand({ StackName: stackName });
    const [stack] = (await client.send(command, signal && { abortSignal: signal })).Stacks ?? [];
    const outputs = stack?.Outputs ?? [];
    return Object.fromEntries(outputs.map((each) => [each.OutputKey, each.OutputValue]));
  } catch (error) {
    signal?.throwIfAborted();
    throw noCredentials(error, account.profile) ?? notLookedUp(stackName, error as Error);
  }
}

function notLookedUp(stackName: string, error: Error): StackNotFound {
  const what = `The stack ${stackName} ${error.name === 'ValidationError' ? 'was not found' : 'cannot be looked up'}`;
  if (error instanceof NotReached) {
    return new StackNotFound(`${what}. ${error.found}`, error.fix, { cause: error });
  }
  return new StackNotFound(`${what} (${awsErrorDetail(error)}).`, whatToCheck(error), {
    cause: error,
  });
}

/** Codes of Node.js for hosts that are not there or do not take a connection. */
const NO_CONNECTION =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)$/;
const ENDPOINTS = ['AWS_ENDPOINT_URL_CLOUDFORMATION', 'AWS_ENDPOINT_URL'];

function whatToCheck(error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!NO_CONNECTION.test(code)) {
    return 'Check --stack, --profile (or AWS_PROFILE), and --region (or AWS_REGION).';
  }
  const endpoint = ENDPOINTS.find((name) => process.env[name]);
  return endpoint === undefined
    ? 'Check the network, HTTPS_PROXY, and --region (or AWS_REGION).'
    : `${endpoint} is set: is what it names still running, such as \`npm run local\`?`;
}
