import type { buffer } from 'node:stream/consumers';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { StackNotFound } from '../../shared/errors.ts';
import { shellWord } from '../../terminal/shell-word.ts';
import type { AwsRequestHandler } from './request-handler.ts';

/** Which account and region to use, in the AWS CLI's terms. The environment provides the defaults. */
export interface Account {
  readonly profile?: string;
  readonly region?: string;
  readonly requestHandler: AwsRequestHandler;
  /** Reads answers. The SDK's own way keeps each of them until V8 collects its old generation: 40 MB of 100,000 tasks. */
  readonly streamCollector?: typeof buffer;
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
}

/**
 * The region for all requests.
 *
 * @throws StackNotFound if no region is configured
 */
export async function resolveRegion(account: Account): Promise<string> {
  try {
    return await new CloudFormationClient(account).config.region();
  } catch (error) {
    throw new StackNotFound(
      `No AWS region is configured (${(error as Error).message}).`,
      'Set AWS_REGION, a region in the profile, or --region.',
      { cause: error },
    );
  }
}

/** Options that point the AWS CLI at the same account and region. */
export function cliOptions(account: Account, region: string): string {
  return `--region ${shellWord(region)}${profileOption(account)}`;
}

/** The same for services without a region, such as IAM. Starts with a space, to follow other options. */
export function profileOption({ profile }: Account): string {
  return profile === undefined ? '' : ` --profile ${shellWord(profile)}`;
}
