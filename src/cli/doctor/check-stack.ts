import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { NoCredentials, NotSetUp, StackNotFound } from '../../shared/errors.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { resolveRegion } from '../aws/account.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import type { Session } from '../session.ts';
import type { NamedResult, SetUp } from './check.ts';

/** How long an access key id is at least (IAM API reference, `AccessKey`): shorter ones are not AWS's. */
const KEY_LENGTH = 16;

/** Checks the credentials, which AWS takes if it answers for the stack, and the stack. */
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
    yield { name, ok: true, found: `${stackName} puts out all that this version needs` };
    return { session, stack, region };
  } catch (error) {
    if (!(error instanceof NotSetUp)) throw error;
    const { found, fix } = error;
    const exitCode = error instanceof NoCredentials ? EXIT.noPermission : EXIT.unavailable;
    yield { name, ok: false, found, fix, exitCode };
    return undefined;
  }
}

/** Keeps what is wrong with the stack until it is its turn. */
function notFound(error: unknown): StackNotFound {
  if (error instanceof StackNotFound) return error;
  throw error;
}

function noCredentials(cause: Error): never {
  throw new NoCredentials(
    `The environment or profile gives no credentials (${cause.name}: ${cause.message}).`,
    'Sign in, or set AWS_PROFILE or --profile to one that does.',
    { cause },
  );
}

/** An access key id as far as it helps to recognise it, such as `AKIA…MPLE`. */
function shortened(id: string): string {
  return id.length < KEY_LENGTH ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}
