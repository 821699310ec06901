import { cliOptions } from '../aws/account.ts';
import type { StackOutputs } from '../aws/stack-outputs.ts';
import { isAwsError } from '../explain.ts';
import type { Session } from '../session.ts';

/** What all checks need. */
export interface SetUp {
  readonly session: Session;
  readonly stack: StackOutputs;
  readonly region: string;
}

/** The result of a check of one part of the setup. */
export interface CheckResult {
  /** `undefined` if the stack has no such part. */
  readonly ok: boolean | undefined;
  readonly found: string;
  /** What to do; commands are on separate lines. */
  readonly fix?: string;
  /** Notifications sent now would not be stored. */
  readonly blocks?: boolean;
  /** The exit code, if it is not the general one for a failed check. */
  readonly exitCode?: number;
}

/** A result with the name of its check. */
export interface NamedResult extends CheckResult {
  readonly name: string;
}

/** A check of one part of the setup. */
export interface Check {
  readonly name: string;
  /** The IAM permissions it needs, shown if one is denied. */
  readonly needs: string;
  /** If it fails, no test notification is sent. */
  readonly isRequired?: boolean;
  readonly run: (setUp: SetUp) => Promise<CheckResult>;
}

/**
 * Runs a check. If AWS denies a call or cannot be reached, that is the result.
 *
 * @throws errors that do not come from the AWS SDK
 */
export async function runCheck({ name, needs, run }: Check, setUp: SetUp): Promise<NamedResult> {
  try {
    return { name, ...(await run(setUp)) };
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { name, ...refused(error, needs) };
  }
}

function refused({ name, message }: Error, needs: string): CheckResult {
  return {
    ok: false,
    found: `AWS: ${name}: ${message}`,
    fix: /AccessDenied/.test(name)
      ? `Grant these credentials ${needs}.`
      : 'Does it still exist, and can AWS be reached from here? CloudFormation drift detection shows ' +
        'manual changes.',
  };
}

/** The result for a part that the stack does not have: the output that names it is missing. */
export function noOutput(output: keyof StackOutputs): CheckResult {
  return {
    ok: undefined,
    found: `not checked: no output ${output} (npm run local has none; deploy again if your stack is older than this command)`,
  };
}

/** Options that point the AWS CLI at the stack's account and region. */
export function setUpOptions({ session, region }: SetUp): string {
  return cliOptions(session.account, region);
}
