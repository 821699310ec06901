import { NotReached } from '../../shared/errors.ts';
import { cliOptions } from '../aws/account.ts';
import type { ReadQueue } from '../aws/queue-attributes.ts';
import type { StackOutputs } from '../aws/stack-outputs.ts';
import { awsErrorText, isAwsError } from '../explain.ts';
import type { Session } from '../session.ts';
import type { Intended } from './intended.ts';
import { RESTORE } from './setting.ts';

/** What all checks need. */
export interface SetUp {
  readonly session: Session;
  readonly stack: StackOutputs;
  readonly region: string;
  readonly intended: Intended;
  readonly readQueue: ReadQueue;
}

/** Something that is not as it should be. */
export interface Finding {
  /**
   * `error` if it loses or delays notifications, or keeps a setting of the stack from working; `hint` if it
   * is a matter of taste or cost, or could not be looked at.
   */
  readonly level: 'error' | 'hint';
  /** What is set, and what it should be. */
  readonly found: string;
  /** What happens if it stays. */
  readonly otherwise?: string;
  /** What to do; commands are on separate lines. */
  readonly fix: string;
  /** Notifications sent now would not be stored, or not where they belong. */
  readonly blocks?: boolean;
}

/** All that is wrong with one part of the setup, and what it is like if nothing is. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly summary: string;
}

/** A check of one part of the setup. */
export interface Check {
  readonly name: string;
  /** The IAM permissions it needs, shown if one is denied. */
  readonly needs: string;
  /** Whether the stack has the part. Default: it has. */
  readonly isPartOf?: (stack: StackOutputs) => boolean;
  /** If AWS does not know the part, no test notification is sent. */
  readonly isRequired?: boolean;
  readonly run: (setUp: SetUp) => Promise<CheckResult | Skipped>;
}

/** A part that the stack does not have, and why. */
export interface Skipped {
  readonly skipped: string;
}

/** One line of the report. */
export type Line = { readonly name: string; readonly exitCode?: number } & (
  | { readonly level: 'ok' | 'skipped'; readonly found: string }
  | Finding
);

/**
 * Runs a check. If AWS denies a call or cannot be reached, that is the result.
 *
 * @throws errors that do not come from the AWS SDK
 */
export async function runCheck(check: Check, setUp: SetUp): Promise<Line[]> {
  const { name } = check;
  try {
    const result = await check.run(setUp);
    if ('skipped' in result) return [{ name, level: 'skipped', found: result.skipped }];
    const { findings, summary } = result;
    if (findings.length === 0) return [{ name, level: 'ok', found: summary }];
    return findings.map((finding) => ({ name, ...finding }));
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return [{ name, ...refused(error, check) }];
  }
}

function refused(error: Error, { needs, isRequired = false }: Check): Finding {
  return (
    denied(error, needs) ?? {
      level: 'error',
      found: awsErrorText(error),
      fix:
        error instanceof NotReached
          ? error.fix
          : `Does it still exist, and can AWS be reached from here? ${RESTORE}`,
      blocks: isRequired,
    }
  );
}

/** A hint that AWS denied a look; `undefined` for any other error. */
export function denied({ name, message }: Error, needs: string): Finding | undefined {
  if (!/AccessDenied|AuthorizationError/.test(name)) return undefined;
  return {
    level: 'hint',
    found: `could not be looked at: AWS: ${name}: ${message}`,
    fix: `Grant these credentials ${needs}.`,
  };
}

/** The result for a part that the stack does not have: the output that names it is missing. */
export function noOutput(output: keyof StackOutputs): Skipped {
  return {
    skipped: `not checked: no output ${output} (a local or older stack)`,
  };
}

/** Options that point the AWS CLI at the stack's account and region. */
export function setUpOptions({ session, region }: Pick<SetUp, 'session' | 'region'>): string {
  return cliOptions(session.account, region);
}
