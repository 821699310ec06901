import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { NoCredentials, NotSetUp, StackNotFound } from '../../shared/errors.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { resolveRegion } from '../aws/account.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import type { Session } from '../session.ts';
import type { NamedResult, SetUp } from './check.ts';

/** Minimum length of an access key id (IAM API reference, `AccessKey`): shorter ones are not AWS's. */
const KEY_LENGTH = 16;

/** Checks the credentials and the stack. The credentials are valid if AWS answers about the stack. */
export async function* checkStack(
  session: Session,
): AsyncGenerator<NamedResult, SetUp | undefined> {
  const { account, stackName } = session;
  const { config } = new CloudFormationClient(account);
  let name = 'credentials';
  try {
    const region = await resolveRegion(account);
    const stack = await readStackOutputs(stackName, account, session.signal).catch(notFound);
    const { accessKeyId } = await config.credentials().catch(noCredentials);
    yield { name, ok: true, found: `${shortened(accessKeyId)} in ${region}` };

    name = 'stack';
    if (stack instanceof StackNotFound) throw stack;
    yield { name, ok: true, found: `${stackName} has all required outputs` };
    return { session, stack, region };
  } catch (error) {
    if (!(error instanceof NotSetUp)) throw error;
    const { found, fix } = error;
    const exitCode = error instanceof NoCredentials ? EXIT.noPermission : EXIT.unavailable;
    yield { name, ok: false, found, fix, exitCode };
    return undefined;
  }
}

/** Returns the stack's error instead of throwing it, to report the credentials first. */
function notFound(error: unknown): StackNotFound {
  if (error instanceof StackNotFound) return error;
  throw error;
}

function noCredentials(cause: Error): never {
  throw new NoCredentials(
    `The environment or profile has no credentials (${cause.name}: ${cause.message}).`,
    'Sign in, or set AWS_PROFILE or --profile to a profile that has them.',
    { cause },
  );
}

/** Enough of an access key id to recognize it, such as `AKIA…MPLE`. */
function shortened(id: string): string {
  return id.length < KEY_LENGTH ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}
