import { isThrottlingError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import { NoCredentials, NoIndex, NotSetUp } from '../../../shared/errors.ts';
import { isTemporary } from '../../../shared/temporary-error.ts';
import { noCredentials } from '../../aws/credentials.ts';
import { awsErrorDetail } from '../../explain.ts';

/** Why a look failed. */
export interface Trouble {
  readonly lamp: 'late' | 'cut off';
  /** In a sentence, with what to do. */
  readonly reason: string;
  /** What to type, if that helps. */
  readonly command: string | null;
  /** Whether the AWS credentials are the cause. */
  readonly isOfCredentials: boolean;
}

/** What to do about credentials that are not valid anymore. */
export interface Renewal {
  /** Such as `The AWS credentials expired. Renew them …`. */
  readonly sentence: string;
  readonly command: string | null;
}

/**
 * @param error what a read threw, or what explains it
 * @param renewal asked only if the credentials are the cause
 */
export async function troubleOf(error: unknown, renewal: () => Promise<Renewal>): Promise<Trouble> {
  const cutOff = (reason: string): Trouble => ({
    ...{ lamp: 'cut off', reason, command: null, isOfCredentials: false },
  });
  if (!(error instanceof Error)) return cutOff(String(error));
  if (isThrottlingError(error as SdkError))
    return { ...cutOff('DynamoDB throttles.'), lamp: 'late' };
  if (noCredentials(error) !== undefined) {
    // One without a cause says itself what is wanted, such as a code of an MFA device.
    if (error instanceof NoCredentials && error.cause === undefined) {
      return { ...cutOff(error.message), isOfCredentials: true };
    }
    const { sentence, command } = await renewal();
    return { ...cutOff(sentence), command, isOfCredentials: true };
  }
  if (error instanceof NotSetUp || error instanceof NoIndex) return cutOff(error.message);
  const detail = awsErrorDetail(error);
  if (isTemporary(error) || isUnreachable(error)) return cutOff(`No answer from AWS (${detail}).`);
  return cutOff(`AWS refuses a read (${detail}).`);
}

/** Codes of Node.js where a host is not found or does not take a connection, such as without a network. */
const NO_CONNECTION = /^(ECONN|ENOTFOUND|EAI_|ENET|EHOST|ETIMEDOUT|EPIPE)/;

function isUnreachable(error: Error): boolean {
  return (
    error.name === 'TimeoutError' || NO_CONNECTION.test((error as NodeJS.ErrnoException).code ?? '')
  );
}
