import { NoCredentials } from '../../shared/errors.ts';

/** Names of the errors for missing, invalid, or expired credentials. */
const NAMES =
  /^(CredentialsProvider|TokenProvider)Error$|^(ExpiredToken|InvalidClientTokenId|InvalidSignature|UnrecognizedClient|SignatureDoesNotMatch)/;

/** An error that says how to fix the credentials; `undefined` if they are not the cause. */
export function noCredentials(error: unknown, profile?: string): NoCredentials | undefined {
  if (!(error instanceof Error) || !NAMES.test(error.name)) return undefined;
  return new NoCredentials(
    `No valid AWS credentials${profile ? ` for the profile ${profile}` : ''} (${error.name}: ${error.message}).`,
    'Set AWS_PROFILE or --profile and sign in (`aws sso login`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    { cause: error },
  );
}
