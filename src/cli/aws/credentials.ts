import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { NoCredentials } from '../../shared/errors.ts';
import { askSecret } from '../../terminal/ask-secret.ts';
import { shellWord } from '../../terminal/shell-word.ts';
import type { AwsRequestHandler } from './request-handler.ts';

/** Names of the errors for missing, invalid, or expired credentials. */
const NAMES =
  /^(CredentialsProvider|TokenProvider)Error$|^(ExpiredToken|InvalidClientTokenId|InvalidSignature|UnrecognizedClient|SignatureDoesNotMatch)/;

/** An error that says how to fix the credentials; `undefined` if they are not the cause. */
export function noCredentials(error: unknown, profile?: string): NoCredentials | undefined {
  if (error instanceof NoCredentials) return error;
  if (!(error instanceof Error) || !NAMES.test(error.name)) return undefined;
  return new NoCredentials(
    notValid(error, profile),
    'Set AWS_PROFILE or --profile and sign in (`aws sso login`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    { cause: error },
  );
}

function notValid({ name, message }: Error, profile: string | undefined): string {
  return `No valid AWS credentials${profile ? ` for the profile ${profile}` : ''} (${name}: ${message}).`;
}

export interface CredentialOptions {
  readonly profile: string | undefined;
  readonly requestHandler: AwsRequestHandler;
  /** Aborts when the command is interrupted. */
  readonly signal: AbortSignal;
  /** Whether the AWS CLI's files are read again. */
  readonly ignoreCache?: boolean;
}

/**
 * The credentials of the environment or the profile, as the SDK finds them. All clients of a command share
 * them, so that a code of an MFA device, which is valid only once, is asked for once.
 *
 * @throws NoCredentials if AWS refuses them, or there is no terminal to ask for a code
 */
export function sharedCredentials(options: CredentialOptions): AwsCredentialIdentityProvider {
  let chain: Promise<AwsCredentialIdentityProvider> | undefined;
  return async (properties) => {
    chain ??= credentialChain(options);
    try {
      return await (await chain)(properties);
    } catch (error) {
      throw refused(error, options.profile) ?? error;
    }
  };
}

/** Credentials that can be looked up anew, and what does that. */
export interface RenewableCredentials {
  readonly provider: AwsCredentialIdentityProvider;
  /** Has the next request look them up again: in the AWS CLI's files, too, which the SDK reads once. */
  readonly renew: () => void;
}

/**
 * The same for a process that runs for days, while its credentials are renewed elsewhere.
 *
 * @throws NoCredentials if AWS refuses them, or there is no terminal to ask for a code
 */
export function renewableCredentials(options: CredentialOptions): RenewableCredentials {
  let shared = sharedCredentials(options);
  return {
    provider: async (properties) => {
      const found = await shared(properties);
      // A client asks for each request again if they expire, and never if they do not.
      return { ...found, expiration: found.expiration ?? new Date(0) };
    },
    renew: () => {
      shared = sharedCredentials({ ...options, ignoreCache: true });
    },
  };
}

async function credentialChain({
  profile,
  requestHandler,
  signal,
  ignoreCache = false,
}: CredentialOptions): Promise<AwsCredentialIdentityProvider> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider({
    ignoreCache,
    ...(profile !== undefined && { profile }),
    clientConfig: { requestHandler },
    mfaCodeProvider: (device) => askMfaCode(device, profile ?? process.env.AWS_PROFILE, signal),
  });
}

/** For what STS or SSO answered instead of credentials; `undefined` if it may give them later. */
function refused(error: unknown, profile: string | undefined): NoCredentials | undefined {
  if (!(error instanceof Error) || !('$fault' in error) || error.$fault !== 'client') {
    return undefined;
  }
  if (/^(Throttl|TooManyRequests)/.test(error.name)) return undefined;
  const isMfa = /MultiFactorAuthentication/.test(error.message);
  return (
    noCredentials(error, profile) ??
    new NoCredentials(
      notValid(error, profile),
      isMfa
        ? 'A code works once and for about a minute: wait for the next one, and try again.'
        : 'Check the role of the profile, and whether it lets you assume it.',
      { cause: error },
    )
  );
}

/** @throws NoCredentials without a terminal or a code of six digits */
async function askMfaCode(
  device: string,
  profile: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const answer = await withoutUnhandled(() => askSecret(`Enter MFA code for ${device}: `, signal));
  if (answer === undefined) {
    const option = profile === undefined ? '' : ` --profile ${shellWord(profile)}`;
    throw new NoCredentials(
      `The profile ${profile ?? 'default'} needs a code of the MFA device ${device}, and there is no terminal to ask for it.`,
      'Get credentials on a terminal (with AWS CLI 2), then run the command in the same shell with AWS_REGION set and without the profile:\n\n' +
        `  eval "$(aws configure export-credentials${option} --format env)"; unset AWS_PROFILE\n`,
    );
  }
  const code = answer.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(code)) return code;
  throw new NoCredentials(
    code === '' ? 'No MFA code was given.' : 'An MFA code has six digits.',
    'Try again.',
  );
}

/**
 * Meanwhile, the SDK looks up the credentials that assume the role, and leaves a failure of that unhandled,
 * which would end the process, until it has the code.
 */
async function withoutUnhandled<T>(ask: () => Promise<T>): Promise<T> {
  const ignore = () => undefined;
  process.on('unhandledRejection', ignore);
  try {
    return await ask();
  } finally {
    setImmediate(() => process.off('unhandledRejection', ignore));
  }
}
