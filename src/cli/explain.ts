import {
  CannotWrite,
  NoCredentials,
  NoIndex,
  NotFound,
  NotReached,
  SettingOff,
  SeveralJobs,
  StackNotFound,
  WrongUsage,
} from '../shared/errors.ts';
import type { Explanation } from '../terminal/command.ts';
import { EXIT } from '../terminal/exit-codes.ts';
import { noCredentials } from './aws/credentials.ts';

const EXIT_CODES: readonly [abstract new (...args: never) => Error, number][] = [
  [WrongUsage, EXIT.usage],
  [NotFound, EXIT.noInput],
  [CannotWrite, EXIT.ioError],
  [SeveralJobs, EXIT.usage],
  [StackNotFound, EXIT.unavailable],
  [NoCredentials, EXIT.noPermission],
  [NoIndex, EXIT.configuration],
  [SettingOff, EXIT.configuration],
  [NotReached, EXIT.software],
];

/** The messages and exit codes for the command line's own errors and for AWS errors. */
export function explain(error: unknown): Explanation | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, exitCode] = EXIT_CODES.find(([type]) => error instanceof type) ?? [];
  if (exitCode !== undefined) return { message: error.message, exitCode };
  const denied = noCredentials(error);
  if (denied) return { message: denied.message, exitCode: EXIT.noPermission };
  if (!isAwsError(error)) return undefined;
  return { message: awsErrorText(error), exitCode: EXIT.software };
}

/** The same for commands that start engines on this machine. */
export function explainLocal(error: unknown): Explanation | undefined {
  if (!(error instanceof Error) || error.name !== 'AbortError') return explain(error);
  return { message: 'Interrupted. All engines are stopped.', exitCode: EXIT.interrupted };
}

/** All errors of the AWS SDK have `$metadata`, whether AWS answered or not. */
export function isAwsError(error: unknown): error is Error {
  return error instanceof NotReached || (error instanceof Error && '$metadata' in error);
}

/** What AWS answered, or what is in the way. */
export function awsErrorText(error: Error): string {
  return `${error instanceof NotReached ? '' : 'AWS: '}${awsErrorDetail(error)}`;
}

/** The same within a sentence: an error's name and message, but without the words of the SDK's parsers. */
export function awsErrorDetail(error: Error): string {
  if (error instanceof NotReached) return error.found;
  const { name, message } = error;
  return message.includes('Deserialization error: ')
    ? 'the answer cannot be read; it may have been cut off'
    : `${name}: ${message}`;
}
