import { text } from 'node:stream/consumers';
import { ofType, type Template } from '../../src/local/template.ts';
import { answering } from './answering.ts';

/** An answer's status and body, and further headers; an object is sent as JSON, a text is XML. */
type Answer = readonly [status: number, body: object | string, headers?: Record<string, string>];

/** What a test may have denied: all of a service, or one look of CloudFormation's. */
export type Denied =
  | 'IAM'
  | 'LAMBDA'
  | 'Invoke'
  | 'SSM'
  | 'CLOUDWATCH'
  | 'SNS'
  | 'GetTemplate'
  | 'Drift'
  | 'Credentials';

const ACCOUNT = '000000000000';
export const POLICY_ARN = `arn:aws:iam::${ACCOUNT}:policy/Sender`;
export const TOPIC_ARN = `arn:aws:sns:us-east-1:${ACCOUNT}:DeadlineNotifications-Alarms`;
export const FUNCTION = 'DeadlineNotifications';
export const EVENTS_FUNCTION = 'DeadlineNotifications-Events';
export const ALERTS_FUNCTION = 'DeadlineNotifications-Alerts';
export const SENDER_FUNCTION = 'DeadlineNotifications-AlertSender';
export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${name}`;
export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

/** What is deployed and well, as the template has it; a test changes it. */
function wellDeployed(template: Template, outputs: Readonly<Record<string, string>>) {
  const lambdas = ofType(template, 'AWS::Lambda::Function');
  const nameOf = new Map(lambdas.map(([id, { FunctionName }]) => [id, String(FunctionName)]));
  const [, lambda = {}] = lambdas.find(([id]) => nameOf.get(id) === FUNCTION) ?? [];
  const others = lambdas.filter(([id]) => nameOf.get(id) !== FUNCTION);
  const { Timeout, MemorySize, Runtime, Environment } = lambda;
  const { Variables } = Environment as { Variables: Record<string, string> };
  const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(([, properties]) => ({
    ...properties,
    ActionsEnabled: true,
    AlarmActions: [TOPIC_ARN],
    StateValue: 'OK',
  }));
  return {
    /** A text is the body of a template that is not in JSON. */
    template: template as object | string,
    outputs: {
      ...outputs,
      SenderPolicyArn: POLICY_ARN,
      FunctionName: FUNCTION,
      AlarmTopicArn: TOPIC_ARN,
    } as Record<string, string>,
    /** To how many roles, users and groups the sender policy is attached; `undefined` where there is no policy. */
    attachments: 1 as number | undefined,
    function: {
      Timeout,
      MemorySize,
      Runtime,
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Environment: {
        Variables: {
          ...Variables,
          JOB_TABLE_NAME: outputs.JobTableName,
          TASK_TABLE_NAME: outputs.TaskTableName,
          ...(outputs.HistoryTableName && { HISTORY_TABLE_NAME: outputs.HistoryTableName }),
        } as Record<string, string | undefined>,
      },
    } as Record<string, unknown>,
    reserved: undefined as number | undefined,
    /** The other functions, by their names. */
    functions: Object.fromEntries(
      others.map(([id, properties]) => [nameOf.get(id), { ...properties, State: 'Active' }]),
    ) as Record<string, Record<string, unknown>>,
    /** What they answer when they are invoked, by their names; a text is the message of an error. */
    answers: {} as Record<string, object | string>,
    /** That of the main function has its queue; a test sets what feeds the others. */
    sources: ofType(template, 'AWS::Lambda::EventSourceMapping').map(([, source]) => {
      const name = nameOf.get((source.FunctionName as { Ref: string }).Ref) ?? '';
      return {
        ...source,
        UUID: name === FUNCTION ? 'uuid-of-the-source' : `uuid-of-the-source-of-${name}`,
        FunctionArn: functionArn(name),
        EventSourceArn: name === FUNCTION ? queueArn('DeadlineNotifications') : undefined,
        State: 'Enabled',
      };
    }) as Record<string, unknown>[],
    alarms: Object.fromEntries(
      alarms.map((alarm) => [(alarm as { AlarmName?: string }).AlarmName, alarm]),
    ) as Record<string, Record<string, unknown>>,
    subscriptions: { confirmed: 1, pending: 0 },
    /** ARNs of subscriptions by the addresses that have them, by the ARNs of topics. */
    addresses: {} as Record<string, Record<string, string>>,
    /** The types of parameters, and what else is known of them, by their names. */
    parameters: {} as Record<string, string | { Type: string; KeyId: string }>,
    /** XML about the drift of resources, by their types. */
    drift: {} as Record<string, string>,
    denied: undefined as Denied | undefined,
  };
}

/**
 * Answers what the SDK asks of CloudFormation, IAM, Lambda, CloudWatch, SNS and SSM about a deployed stack, each
 * in its protocol, as nothing can be had of them on one machine.
 */
export async function startControlPlane(template: Template, outputs: Record<string, string>) {
  const { endpoint } = await answering(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    const [status, answer, headers] = target.endsWith('.DescribeAlarms')
      ? describeAlarms(JSON.parse(body).AlarmNamePrefix)
      : target.endsWith('.DescribeParameters')
        ? describeParameters(JSON.parse(body).ParameterFilters[0].Values)
        : pathname.startsWith('/2015-03-31/')
          ? lambda(pathname, searchParams)
          : query(new URLSearchParams(body));
    const isXml = typeof answer === 'string';
    const type = isXml ? 'text/xml' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(isXml ? answer : JSON.stringify(answer));
  });

  let deployed = wellDeployed(template, outputs);
  const isDenied = (what: Denied) => deployed.denied === what;

  /** CloudFormation, IAM and SNS speak the same protocol. */
  function query(asked: URLSearchParams): Answer {
    const action = asked.get('Action') ?? '';
    switch (action) {
      case 'DescribeStacks':
        return describeStacks(asked.get('StackName'));
      case 'GetTemplate':
        return isDenied('GetTemplate')
          ? [403, xmlError('AccessDenied', 'not cloudformation:GetTemplate')]
          : result(action, `<TemplateBody>${escaped(templateBody())}</TemplateBody>`);
      case 'DetectStackResourceDrift':
        return detectDrift(asked.get('LogicalResourceId') ?? '');
      case 'GetTopicAttributes':
        return getTopicAttributes();
      case 'ListSubscriptionsByTopic':
        return listSubscriptions(asked.get('TopicArn') ?? '');
      default:
        return getPolicy(asked);
    }
  }

  function templateBody(): string {
    const body = deployed.template;
    return typeof body === 'string' ? body : JSON.stringify(body);
  }

  function describeStacks(name: string | null): Answer {
    if (isDenied('Credentials')) {
      return [403, xmlError('ExpiredToken', 'the security token is expired')];
    }
    if (name !== FUNCTION) return [400, xmlError('ValidationError', 'no such stack')];
    const members = Object.entries(deployed.outputs).map(
      ([key, value]) =>
        `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
    );
    return result(
      'DescribeStacks',
      `<Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks>`,
    );
  }

  function detectDrift(id: string): Answer {
    if (isDenied('Drift')) return [403, xmlError('AccessDenied', 'not iam:GetRolePolicy')];
    const type = (deployed.template as Template).Resources[id]?.Type ?? '';
    const drift =
      deployed.drift[type] ?? '<StackResourceDriftStatus>IN_SYNC</StackResourceDriftStatus>';
    return result(
      'DetectStackResourceDrift',
      `<StackResourceDrift><ResourceType>${type}</ResourceType>` +
        `<PhysicalResourceId>the-${id}</PhysicalResourceId>${drift}</StackResourceDrift>`,
    );
  }

  function getTopicAttributes(): Answer {
    if (isDenied('SNS')) return [403, xmlError('AuthorizationError', 'not sns:GetTopicAttributes')];
    const { confirmed, pending } = deployed.subscriptions;
    const entry = (key: string, value: number) =>
      `<entry><key>${key}</key><value>${value}</value></entry>`;
    return result(
      'GetTopicAttributes',
      `<Attributes>${entry('SubscriptionsConfirmed', confirmed)}${entry('SubscriptionsPending', pending)}</Attributes>`,
    );
  }

  function listSubscriptions(topicArn: string): Answer {
    if (isDenied('SNS')) return [403, xmlError('AuthorizationError', 'not sns:ListSubscriptions')];
    const subscribed = deployed.addresses[topicArn];
    if (subscribed === undefined) return [404, xmlError('NotFound', 'no topic')];
    const members = Object.entries(subscribed).map(
      ([address, arn]) =>
        `<member><Protocol>email</Protocol><Endpoint>${address}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`,
    );
    return result('ListSubscriptionsByTopic', `<Subscriptions>${members.join('')}</Subscriptions>`);
  }

  function describeParameters(names: readonly string[]): Answer {
    if (isDenied('SSM')) return [400, denial('ssm:DescribeParameters')];
    const { parameters } = deployed;
    const found = names.filter((name) => name in parameters);
    return [
      200,
      {
        Parameters: found.map((Name) => {
          const known = parameters[Name];
          return typeof known === 'string' ? { Name, Type: known } : { Name, ...known };
        }),
      },
    ];
  }

  function invoke(name: string): Answer {
    if (isDenied('Invoke')) return [403, denial('lambda:InvokeFunction')];
    const answer = deployed.answers[name] ?? 'it has no answer';
    if (typeof answer !== 'string') return [200, answer];
    const error = { errorType: 'Error', errorMessage: answer };
    return [200, error, { 'x-amz-function-error': 'Unhandled' }];
  }

  function getPolicy(asked: URLSearchParams): Answer {
    if (isDenied('IAM')) return [403, xmlError('AccessDenied', 'not iam:GetPolicy')];
    const isKnown = asked.get('Action') === 'GetPolicy' && asked.get('PolicyArn') === POLICY_ARN;
    const { attachments } = deployed;
    if (!isKnown || attachments === undefined) return [404, xmlError('NoSuchEntity', 'no policy')];
    return result(
      'GetPolicy',
      `<Policy><Arn>${POLICY_ARN}</Arn><AttachmentCount>${attachments}</AttachmentCount></Policy>`,
    );
  }

  function lambda(pathname: string, asked: URLSearchParams): Answer {
    const isList = pathname.endsWith('/event-source-mappings');
    if (isDenied('LAMBDA')) {
      return [403, denial(`lambda:${isList ? 'ListEventSourceMappings' : 'GetFunction'}`)];
    }
    const [, called = '', isCall] = /\/functions\/([^/]+)(\/invocations)?$/.exec(pathname) ?? [];
    if (isCall) return invoke(called);
    if (!isList) {
      const other = deployed.functions[called];
      if (other) return [200, { Configuration: other, Concurrency: {} }];
      const Concurrency = { ReservedConcurrentExecutions: deployed.reserved };
      return [200, { Configuration: deployed.function, Concurrency }];
    }
    const name = asked.get('FunctionName');
    const arn = asked.get('EventSourceArn');
    const EventSourceMappings = deployed.sources.filter(
      ({ FunctionArn, EventSourceArn }) =>
        (name === null || FunctionArn === functionArn(name)) &&
        (arn === null || EventSourceArn === arn),
    );
    return [200, { EventSourceMappings }];
  }

  function describeAlarms(prefix: string): Answer {
    if (isDenied('CLOUDWATCH')) return [400, denial('cloudwatch:DescribeAlarms')];
    const MetricAlarms = Object.entries(deployed.alarms)
      .filter(([name]) => name.startsWith(prefix))
      .map(([, alarm]) => alarm);
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
      deployed = wellDeployed(template, outputs);
    },
    /** What makes a command find it. */
    environment: Object.fromEntries(
      ['CLOUDFORMATION', 'IAM', 'LAMBDA', 'CLOUDWATCH', 'SNS', 'SSM'].map((service) => [
        `AWS_ENDPOINT_URL_${service}`,
        endpoint,
      ]),
    ),
  };
}

function result(action: string, content: string): Answer {
  return [
    200,
    `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`,
  ];
}

function xmlError(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

function denial(action: string): object {
  return { __type: 'AccessDeniedException', message: `not ${action}` };
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
