import { cliOptions } from '../aws/account.ts';
import type { StackOutputs } from '../aws/stack-outputs.ts';
import { isAwsError } from '../explain.ts';
import type { Session } from '../session.ts';

/** What all checks look at. */
export interface SetUp {
  readonly session: Session;
  readonly stack: StackOutputs;
  readonly region: string;
}

/** What a check of one part of the set-up found. */
export interface CheckResult {
  /** `undefined` where the stack has no such part. */
  readonly ok: boolean | undefined;
  readonly found: string;
  /** What a person is to do; commands are on lines of their own. */
  readonly fix?: string;
  /** What is sent now would not be stored. */
  readonly blocks?: boolean;
  /** The exit code, where it is not the one for anything wrong. */
  readonly exitCode?: number;
}

/** A result, with the name of its check. */
export interface NamedResult extends CheckResult {
  readonly name: string;
}

/** A check of one part of the set-up. */
export interface Check {
  readonly name: string;
  /** The permissions that it takes, in IAM's words, for who is denied one. */
  readonly needs: string;
  /** No notification is sent unless all is well with it. */
  readonly isRequired?: boolean;
  readonly run: (setUp: SetUp) => Promise<CheckResult>;
}

/**
 * Runs a check. That AWS denies a call, or cannot be asked, is a result.
 *
 * @throws what is no error of AWS's
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
      ? `Let these credentials use ${needs}.`
      : "Is it still there, as the stack made it, and can AWS be reached from here? CloudFormation's drift " +
        'detection shows what was changed by hand.',
  };
}

/** The result for a part that this stack does not have: the output that would name it is missing. */
export function noOutput(output: keyof StackOutputs): CheckResult {
  return {
    ok: undefined,
    found: `not checked: no output ${output} (npm run local has none; deploy a stack of an older version again)`,
  };
}

/** The options with which the AWS CLI looks where the stack is. */
export function setUpOptions({ session, region }: SetUp): string {
  return cliOptions(session.account, region);
}
