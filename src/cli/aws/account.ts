import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { StackNotFound } from '../../shared/errors.ts';

/** Which account and region, in the AWS CLI's terms. What is not given comes from the environment. */
export interface Account {
  readonly profile?: string;
  readonly region?: string;
  /** How long requests may take, as the SDK's clients have it. */
  readonly requestHandler?: object;
}

/**
 * The region of all requests.
 *
 * @throws StackNotFound where nothing says it
 */
export async function resolveRegion(account: Account): Promise<string> {
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

/** The options with which the AWS CLI looks in the same place. */
export function cliOptions(account: Account, region: string): string {
  return `--region ${region}${profileOption(account)}`;
}

/** The same for what has no region. It follows other options. */
export function profileOption({ profile }: Account): string {
  return profile === undefined ? '' : ` --profile ${profile}`;
}
