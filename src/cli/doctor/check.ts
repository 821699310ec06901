import { cliOptions, type Stack } from '../aws/stack-outputs.ts';
import type { Session } from '../session.ts';

/** What all steps look at. */
export interface SetUp {
  readonly session: Session;
  readonly stack: Stack;
  readonly region: string;
}

/** What a look at one part of the set-up found. */
export interface Look {
  /** `undefined` where the stack has no such part. */
  readonly ok: boolean | undefined;
  readonly found: string;
  /** What a person is to do; commands are on lines of their own. */
  readonly mend?: string;
  /** What is sent now would not be stored. */
  readonly blocks?: boolean;
  /** The exit code, where it is not that of all that is found. */
  readonly exit?: number;
}

export interface Finding extends Look {
  readonly step: string;
}

export interface Step {
  readonly step: string;
  /** What it may do by these permissions, for who is denied one: in IAM's words. */
  readonly needs: string;
  /** No notification is sent unless all is well with it. */
  readonly isRequired?: boolean;
  readonly look: (setUp: SetUp) => Promise<Look>;
}

/**
 * Takes a step. That AWS denies a call, or cannot be asked, is what it found.
 *
 * @throws what is no error of AWS's
 */
export async function take({ step, needs, look }: Step, setUp: SetUp): Promise<Finding> {
  try {
    return { step, ...(await look(setUp)) };
  } catch (error) {
    // The AWS SDK's own errors carry this, whether AWS answered or not.
    if (!(error instanceof Error && '$metadata' in error)) throw error;
    return { step, ...refused(error, needs) };
  }
}

function refused({ name, message }: Error, needs: string): Look {
  return {
    ok: false,
    found: `AWS: ${name}: ${message}`,
    mend: /AccessDenied/.test(name)
      ? `Let these credentials use ${needs}.`
      : "Is it still there, as the stack made it, and can AWS be reached from here? CloudFormation's drift " +
        'detection shows what was changed by hand.',
  };
}

/** A part that is not of this stack, as an output says that it lacks. */
export function lacks(output: string): Look {
  return {
    ok: undefined,
    found: `not looked at: no output ${output} (npm run local has none; a stack of an older version is to be deployed again)`,
  };
}

/** What makes the AWS CLI look where the stack is. */
export function cliOptionsOf({ session, region }: SetUp): string {
  return cliOptions(session.account, region);
}
