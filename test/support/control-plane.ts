import { text } from 'node:stream/consumers';
import { answering } from './answering.ts';

/** An answer's status and body; an object is sent as JSON, a text is XML. */
type Answer = readonly [status: number, body: object | string];
type Service = 'IAM' | 'LAMBDA' | 'CLOUDWATCH';

export const POLICY_ARN = 'arn:aws:iam::123456789012:policy/Sender';
export const FUNCTION = 'Farm-DeadlineNotifications';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:DeadlineNotifications';

/** What is deployed and well; a test changes it. */
const wellDeployed = () => ({
  /** To how many roles, users and groups the sender policy is attached; `undefined` where there is no policy. */
  attachments: 1 as number | undefined,
  /** The state of each event source, by the ARN of its queue. */
  sources: { [QUEUE_ARN]: 'Enabled' } as Record<string, string>,
  /** The states of the alarms, by name. */
  alarms: { [`${FUNCTION}-Invalid`]: 'OK', [`${FUNCTION}-Silence`]: 'INSUFFICIENT_DATA' } as Record<
    string,
    string
  >,
  /** A service that denies what it is asked. */
  denying: undefined as Service | undefined,
});

/**
 * Answers what the SDK asks of IAM, Lambda and CloudWatch about a deployed stack, each in its protocol,
 * as nothing can be had of them on one machine.
 */
export async function startControlPlane() {
  const { endpoint } = await answering(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const body = await text(request);
    const [status, answer] =
      request.headers['x-amz-target'] === 'GraniteServiceVersion20100801.DescribeAlarms'
        ? describeAlarms(JSON.parse(body).AlarmNamePrefix)
        : pathname === '/2015-03-31/event-source-mappings'
          ? listEventSourceMappings(searchParams.get('FunctionName'))
          : query(new URLSearchParams(body));
    const isXml = typeof answer === 'string';
    response.writeHead(status, { 'content-type': isXml ? 'text/xml' : 'application/json' });
    response.end(isXml ? answer : JSON.stringify(answer));
  });

  let deployed = wellDeployed();

  /** IAM's protocol is that of CloudFormation, whose caller is always too late here. */
  function query(asked: URLSearchParams): Answer {
    return asked.get('Action') === 'DescribeStacks'
      ? [403, xmlError('ExpiredToken', 'the security token is expired')]
      : getPolicy(asked);
  }

  function getPolicy(asked: URLSearchParams): Answer {
    if (deployed.denying === 'IAM') return [403, xmlError('AccessDenied', 'not iam:GetPolicy')];
    const isKnown = asked.get('Action') === 'GetPolicy' && asked.get('PolicyArn') === POLICY_ARN;
    const { attachments } = deployed;
    if (!isKnown || attachments === undefined) return [404, xmlError('NoSuchEntity', 'no policy')];
    return [
      200,
      `<GetPolicyResponse><GetPolicyResult><Policy><Arn>${POLICY_ARN}</Arn>` +
        `<AttachmentCount>${attachments}</AttachmentCount></Policy></GetPolicyResult></GetPolicyResponse>`,
    ];
  }

  function listEventSourceMappings(name: string | null): Answer {
    if (deployed.denying === 'LAMBDA') return [403, denial('lambda:ListEventSourceMappings')];
    const sources = Object.entries(name === FUNCTION ? deployed.sources : {});
    const EventSourceMappings = sources.map(([EventSourceArn, State]) => ({
      UUID: `uuid-of-${EventSourceArn.split(':').at(-1)}`,
      EventSourceArn,
      State,
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
    }));
    return [200, { EventSourceMappings }];
  }

  function describeAlarms(prefix: string): Answer {
    if (deployed.denying === 'CLOUDWATCH') return [400, denial('cloudwatch:DescribeAlarms')];
    const MetricAlarms = Object.entries(deployed.alarms)
      .filter(([AlarmName]) => AlarmName.startsWith(prefix))
      .map(([AlarmName, StateValue]) => ({
        AlarmName,
        StateValue,
        AlarmDescription: `What to do about ${AlarmName}.`,
      }));
    return [200, { MetricAlarms }];
  }

  return {
    endpoint,
    /** What is deployed, to be changed. */
    get deployed() {
      return deployed;
    },
    /** All is well again. */
    reset() {
      deployed = wellDeployed();
    },
    /** What makes a command find it. */
    environment: {
      AWS_ENDPOINT_URL_IAM: endpoint,
      AWS_ENDPOINT_URL_LAMBDA: endpoint,
      AWS_ENDPOINT_URL_CLOUDWATCH: endpoint,
    },
  };
}

function xmlError(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

function denial(action: string): object {
  return { __type: 'AccessDeniedException', message: `not ${action}` };
}
