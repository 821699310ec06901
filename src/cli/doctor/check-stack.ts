import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { NoCredentials, NotReached, NotSetUp, StackNotFound } from '../../shared/errors.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { resolveRegion } from '../aws/account.ts';
import { type DeployedTemplate, readTemplate } from '../aws/deployed-template.ts';
import { queueReader } from '../aws/queue-attributes.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { awsErrorText, isAwsError } from '../explain.ts';
import type { Session } from '../session.ts';
import { denied, type Finding, type Line, type SetUp } from './check.ts';
import { intend } from './intended.ts';

/** Minimum length of an access key id (IAM API reference, `AccessKey`): shorter ones are not AWS's. */
const KEY_LENGTH = 16;

/**
 * Checks the credentials and the stack, and reads what it set. The credentials are valid if AWS answers
 * about the stack.
 */
export async function* checkStack(session: Session): AsyncGenerator<Line, SetUp | undefined> {
  const { account, stackName } = session;
  const { config } = new CloudFormationClient(account);
  let name = 'credentials';
  try {
    const region = await resolveRegion(account);
    const stack = await readStackOutputs(stackName, account, session.signal).catch(notFound);
    const { accessKeyId } = await config.credentials().catch(noCredentials);
    yield { name, level: 'ok', found: `${shortened(accessKeyId)} in ${region}` };

    name = 'stack';
    if (stack instanceof StackNotFound) throw stack;
    // The local pipeline has no template to ask for.
    const template = stack.FunctionName === undefined ? [] : await tryTemplate(session);
    if ('level' in template) yield { name, ...template };
    else yield { name, level: 'ok', found: `${stackName} has all required outputs` };
    const intended = intend('level' in template ? [] : template, stack);
    const readQueue = queueReader(account, session.signal);
    return { session, stack, region, intended, readQueue };
  } catch (error) {
    if (!(error instanceof NotSetUp)) throw error;
    const { found, fix } = error;
    const exitCode = error instanceof NoCredentials ? EXIT.noPermission : EXIT.unavailable;
    yield { name, level: 'error', found, fix, exitCode };
    return undefined;
  }
}

/** The template, or a hint that it cannot be compared with what is set now. */
async function tryTemplate(session: Session): Promise<DeployedTemplate | Finding> {
  try {
    return await readTemplate(session);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return {
        level: 'hint',
        found: 'its template is not in JSON, so what it set could not be looked at',
        fix: 'Deploy it with the CDK (npx cdk deploy).',
      };
    }
    if (!isAwsError(error)) throw error;
    const finding: Finding = denied(error, 'cloudformation:GetTemplate on the stack') ?? {
      level: 'hint',
      found: `its template could not be looked at: ${awsErrorText(error)}`,
      fix: error instanceof NotReached ? error.fix : 'Try again.',
    };
    return {
      ...finding,
      otherwise: 'Most settings are not checked, as what they should be is not known.',
    };
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
