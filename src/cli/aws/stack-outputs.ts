import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';
import type { Rules } from '../../ingest/ingest.ts';
import { StackNotFound } from '../../shared/errors.ts';
import { RetentionDays } from '../../shared/retention-days.ts';
import { EMPTY_FIELDS, NEWEST_BY } from '../../shared/setting-values.ts';
import { noCredentials } from './credentials.ts';

/** Which account and region, in the AWS CLI's terms; what is not given the environment says. */
export interface Account {
  readonly profile?: string;
  readonly region?: string;
  /** How long requests may take, as the SDK's clients have it. */
  readonly requestHandler?: object;
}

const MISSING = 'the output is missing';
const output = z.string(MISSING);
const off = z.pipe(
  z.literal('off'),
  z.transform(() => undefined),
);
const Outputs = z.object({
  QueueUrl: output,
  DeadLetterQueueUrl: output,
  JobTableName: output,
  TaskTableName: output,
  NewestBy: z.enum(NEWEST_BY, MISSING),
  RetentionDays: z.union([off, RetentionDays], MISSING),
  EmptyFields: z.enum(EMPTY_FIELDS, MISSING),
  // What is not on one machine, and what stacks of older versions lack.
  SenderPolicyArn: z.optional(z.string()),
  FunctionName: z.optional(z.string()),
});

/** What of the deployed stack's outputs one needs to work with it. */
export type Stack = z.infer<typeof Outputs>;

/** The rules by which its function makes rows. */
export function rulesOf({ NewestBy, RetentionDays, EmptyFields }: Stack): Rules {
  return { newestBy: NewestBy, retentionDays: RetentionDays, emptyFields: EmptyFields };
}

/**
 * @throws NoCredentials when AWS has none, or takes none of those it was given
 * @throws StackNotFound when it is not there, or AWS cannot be asked, with AWS's own words
 */
export async function findStack(
  name: string,
  account: Account,
  signal?: AbortSignal,
): Promise<Stack> {
  await regionOf(account);
  const outputs = await describe(name, account, signal);
  const { success, data, error } = z.safeParse(Outputs, outputs);
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StackNotFound(
    `The stack ${name} does not put out what this version needs (${problems.join('; ')}).`,
    "Deploy it again; a stack of your own has to make outputs of the construct's outputs, in itself.",
  );
}

/**
 * The region in which all is asked for.
 *
 * @throws StackNotFound where nothing says it
 */
export async function regionOf(account: Account): Promise<string> {
  try {
    return await new CloudFormationClient(account).config.region();
  } catch (error) {
    throw new StackNotFound(
      `Nothing says in which region the stack is (${(error as Error).message}).`,
      'Set AWS_REGION, or a region in the profile, or --region.',
      { cause: error },
    );
  }
}

/** What makes the AWS CLI look there, too. */
export function cliOptions(account: Account, region: string): string {
  return `--region ${region}${profileOption(account)}`;
}

/** The same for what has no region, behind other options. */
export function profileOption({ profile }: Account): string {
  return profile === undefined ? '' : ` --profile ${profile}`;
}

async function describe(
  stackName: string,
  account: Account,
  signal: AbortSignal | undefined,
): Promise<Record<string, string | undefined>> {
  try {
    const client = new CloudFormationClient(account);
    const command = new DescribeStacksCommand({ StackName: stackName });
    const [stack] = (await client.send(command, signal && { abortSignal: signal })).Stacks ?? [];
    const outputs = stack?.Outputs ?? [];
    return Object.fromEntries(outputs.map((each) => [each.OutputKey, each.OutputValue]));
  } catch (error) {
    signal?.throwIfAborted();
    const { name, message } = error as Error;
    const isMissing = name === 'ValidationError';
    throw (
      noCredentials(error, account.profile) ??
      new StackNotFound(
        `The stack ${stackName} ${isMissing ? 'was not found' : 'cannot be looked up'} (${name}: ${message}).`,
        'Is it deployed under this name, and do --profile and --region, or the environment, say where?',
        { cause: error },
      )
    );
  }
}
