import { NoCredentials } from '../../shared/errors.ts';

/** What AWS calls it where credentials are missing, wrong or past their time. */
const NAMES =
  /^(CredentialsProvider|TokenProvider)Error$|^(ExpiredToken|InvalidClientTokenId|InvalidSignature|UnrecognizedClient|SignatureDoesNotMatch)/;

/** What a person is to do about an error of AWS, if it is about credentials. */
export function noCredentials(error: unknown, profile?: string): NoCredentials | undefined {
  if (!(error instanceof Error) || !NAMES.test(error.name)) return undefined;
  return new NoCredentials(
    `AWS has no credentials that it takes${profile ? ` for the profile ${profile}` : ''} (${error.name}: ${error.message}).`,
    'Set AWS_PROFILE or --profile and sign in (`aws sso login`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    { cause: error },
  );
}
