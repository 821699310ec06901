import {
  CloudFormationClient,
  DetectStackResourceDriftCommand,
  type PropertyDifference,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import type { Resource } from '../aws/deployed-template.ts';
import { awsErrorDetail, isAwsError } from '../explain.ts';
import { type Check, type Finding, noOutput, type SetUp } from './check.ts';
import { RESTORE } from './setting.ts';

/** A kind of resource that no other check looks at, and what happens if it is not as the stack set it. */
interface Watched {
  readonly level: Finding['level'];
  readonly otherwise: string;
  /** Which properties count; the others have a check of their own. */
  readonly properties?: RegExp;
}

const WATCHED: Readonly<Record<string, Watched>> = {
  'AWS::IAM::Role': {
    level: 'error',
    otherwise: 'The function may lack permission to receive messages or to store rows.',
    properties: /Policies|PolicyDocument|PermissionsBoundary/,
  },
  'AWS::IAM::ManagedPolicy': {
    level: 'error',
    otherwise: 'The Remote Connection Server may lack permission to send, or people to ask.',
    properties: /PolicyDocument/,
  },
  'AWS::Lambda::Function': {
    level: 'error',
    otherwise: 'The function may not run, or not reach the tables.',
    properties: /^\/(Role|Handler|Runtime|VpcConfig|Layers)/,
  },
  'AWS::SQS::QueuePolicy': {
    level: 'error',
    otherwise: 'Senders may lack permission, or anyone may send old dead letters again.',
  },
  'AWS::SNS::TopicPolicy': {
    level: 'hint',
    otherwise: 'Alarms may not reach the topic.',
  },
  'AWS::Logs::LogGroup': {
    level: 'hint',
    otherwise: 'Logs are kept for another time, which costs, or are lost.',
  },
  'AWS::DynamoDB::GlobalTable': {
    level: 'hint',
    otherwise: 'Rows that are deleted by mistake are lost.',
    properties: /PointInTimeRecovery|DeletionProtection/,
  },
};

const NEEDS =
  'cloudformation:DetectStackResourceDrift on the stack, and permission to read its function, roles, policies, ' +
  'log group, and tables';

/** Checks the stack's other parts: what it set on them, by CloudFormation's drift detection. */
export const checkDrift: Check = {
  name: 'other parts',
  needs: NEEDS,
  async run(setUp) {
    if (setUp.stack.FunctionName === undefined) return noOutput('FunctionName');
    const watched = setUp.intended.template.filter(({ type }) => type in WATCHED);
    if (watched.length === 0) {
      return { skipped: 'not checked: what the stack set could not be looked at' };
    }
    const looks = await Promise.all(watched.map((resource) => look(resource, setUp)));
    return {
      findings: [...looks.flatMap(({ findings }) => findings), ...unseen(looks)],
      summary: `${watched.length} as the stack set them`,
    };
  },
};

interface Look {
  readonly findings: readonly Finding[];
  /** Why it could not be looked at. */
  readonly problem?: string;
}

async function look({ id, type }: Resource, { session }: SetUp): Promise<Look> {
  try {
    const { StackResourceDrift } = await new CloudFormationClient(session.account).send(
      new DetectStackResourceDriftCommand({ StackName: session.stackName, LogicalResourceId: id }),
      { abortSignal: session.signal },
    );
    const rule = WATCHED[type];
    return { findings: StackResourceDrift && rule ? driftFindings(StackResourceDrift, rule) : [] };
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { findings: [], problem: awsErrorDetail(error) };
  }
}

/** One hint for all that could not be looked at, with the first reason. */
function unseen(looks: readonly Look[]): Finding[] {
  const problems = looks.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (problems.length === 0) return [];
  return [
    {
      level: 'hint',
      found: `${problems.length} of ${looks.length} could not be looked at: AWS: ${problems[0]}`,
      fix: `Grant these credentials ${NEEDS}.`,
    },
  ];
}

function driftFindings(drift: StackResourceDrift, rule: Watched): Finding[] {
  const { PhysicalResourceId, LogicalResourceId, ResourceType = '' } = drift;
  const name = `${ResourceType.split('::').at(-1)} ${PhysicalResourceId ?? LogicalResourceId}`;
  const { otherwise, properties = /./ } = rule;
  if (drift.StackResourceDriftStatus === 'DELETED') {
    return [{ level: rule.level, found: `${name}: deleted`, otherwise, fix: RESTORE }];
  }
  return (drift.PropertyDifferences ?? [])
    .filter(({ PropertyPath = '' }) => properties.test(PropertyPath))
    .map((difference) => ({
      // What was added takes nothing away.
      level: difference.DifferenceType === 'ADD' ? 'hint' : rule.level,
      found: `${name}: ${describe(difference)}`,
      otherwise,
      fix: RESTORE,
    }));
}

function describe({ PropertyPath, ActualValue, ExpectedValue }: PropertyDifference): string {
  return `${PropertyPath}: ${ActualValue || 'not set'}, should be ${ExpectedValue || 'not set'}`;
}
