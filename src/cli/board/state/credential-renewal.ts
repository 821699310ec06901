import { shellWord } from '../../../terminal/shell-word.ts';
import type { Renewal } from './trouble.ts';

const GOES_ON = 'the board goes on by itself.';

/** A profile of the AWS CLI's files: names and values. */
export type Profile = Readonly<Record<string, string | undefined>>;

/**
 * How to renew credentials that expired, by their kind.
 *
 * @param profile that of `--profile`; not set if it is the environment's
 * @param profiles by name, those of both files together
 */
export function credentialRenewal(
  profile: string | undefined,
  environment: NodeJS.ProcessEnv,
  profiles: Readonly<Record<string, Profile>>,
): Renewal {
  const name = profile ?? environment.AWS_PROFILE;
  // As the SDK: a profile that is named comes before keys in the environment.
  if (name === undefined && environment.AWS_ACCESS_KEY_ID) {
    return {
      sentence:
        "The AWS credentials in the board's environment expired, and a running process keeps its environment. Stop the board, set new ones, and start it again.",
      command: null,
    };
  }
  return ofProfile(name ?? 'default', profiles, new Set());
}

function ofProfile(
  name: string,
  profiles: Readonly<Record<string, Profile>>,
  seen: Set<string>,
): Renewal {
  const found = profiles[name] ?? {};
  const option = name === 'default' ? '' : ` --profile ${shellWord(name)}`;
  const source = found.source_profile;
  if (source !== undefined && source !== name && !seen.has(name)) {
    return ofProfile(source, profiles, seen.add(name));
  }
  if (found.sso_session !== undefined || found.sso_start_url !== undefined) {
    return signIn(`aws sso login${option}`);
  }
  if (found.login_session !== undefined) return signIn(`aws login${option}`);
  if (found.credential_process !== undefined) {
    return {
      sentence: `The AWS credentials of the profile ${name} expired, and the program of its credential_process gives no new ones. Sign in as it wants in any terminal; ${GOES_ON}`,
      command: null,
    };
  }
  if (found.aws_access_key_id !== undefined) {
    return {
      sentence: `The AWS credentials of the profile ${name} expired. Put new ones in its file as before; ${GOES_ON}`,
      command: null,
    };
  }
  return {
    sentence: `The AWS credentials expired. Renew them in any terminal; ${GOES_ON}`,
    command: null,
  };
}

function signIn(command: string): Renewal {
  return {
    sentence: `The AWS credentials expired. Renew them in any terminal; ${GOES_ON}`,
    command,
  };
}
