import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Finding } from './check.ts';
import type { Intended } from './intended.ts';
import { command, seconds, wrong } from './setting.ts';

type Source = EventSourceMappingConfiguration;

/** The event sources around the queue and the function, as they are. */
export interface DeployedSources {
  readonly functionName: string;
  readonly queueArn: string;
  readonly ofQueue: readonly Source[];
  readonly ofFunction: readonly Source[];
  readonly ofDeadLetters: readonly Source[];
  readonly intended: Intended;
  /** Options for the AWS CLI. */
  readonly options: string;
}

const RESPONSE = 'ReportBatchItemFailures';

/** What is wrong with the event source of the function, and who else reads its queues. */
export function sourceFindings(sources: DeployedSources): Finding[] {
  const source = ownSource(sources);
  return [
    ...(source ? ofSource(source, sources) : [missing(sources)]),
    ...otherReaders(sources),
    ...otherQueues(sources),
  ];
}

/** Such as `batches of up to 500 messages, collected for up to 5 s`. */
export function describeBatches(sources: DeployedSources): string {
  const { BatchSize, MaximumBatchingWindowInSeconds = 0 } = ownSource(sources) ?? {};
  return `batches of up to ${BatchSize} messages, collected for up to ${MaximumBatchingWindowInSeconds} s`;
}

function ownSource({ functionName, queueArn, ofQueue, ofFunction }: DeployedSources) {
  return [...ofQueue, ...ofFunction].find(
    (each) => each.EventSourceArn === queueArn && isOf(each, functionName),
  );
}

/** Whether a source invokes the function itself, not one of its versions or aliases. */
function isOf({ FunctionArn = '' }: Source, functionName: string): boolean {
  return FunctionArn.endsWith(`:function:${functionName}`);
}

function isRead({ State = '' }: Source): boolean {
  return !['Disabled', 'Disabling', 'Deleting'].includes(State);
}

function ofSource(source: Source, sources: DeployedSources): Finding[] {
  return [
    ...state(source, sources),
    ...handling(source, sources),
    ...batches(source, sources),
    ...concurrency(source, sources),
  ];
}

function state(source: Source, sources: DeployedSources): Finding[] {
  const { State = 'unknown', LastProcessingResult = '' } = source;
  if (['Creating', 'Enabling'].includes(State)) {
    return [
      {
        level: 'error',
        found: `${State}: the function does not receive messages from the queue yet`,
        fix: 'Wait a minute, then check again.',
        blocks: true,
      },
    ];
  }
  if (!['Enabled', 'Updating'].includes(State)) {
    return [
      {
        level: 'error',
        found: `${State}, should be Enabled`,
        otherwise: 'The function does not receive messages from the queue.',
        fix: update('Enable it:', source, sources, '--enabled'),
        blocks: true,
      },
    ];
  }
  if (!LastProcessingResult.startsWith('PROBLEM')) return [];
  return [
    {
      level: 'error',
      found: `last processing result: ${LastProcessingResult}`,
      otherwise: 'The function may not receive messages from the queue.',
      fix: 'See the function and its role in the Lambda console.',
    },
  ];
}

function handling(source: Source, sources: DeployedSources): Finding[] {
  const { FunctionResponseTypes = [], FilterCriteria: { Filters = [] } = {} } = source;
  const findings: Finding[] = [];
  if (!FunctionResponseTypes.some((type) => type === RESPONSE)) {
    findings.push(
      wrong('error', {
        name: 'function response types',
        is: FunctionResponseTypes.join(', ') || 'none',
        should: RESPONSE,
        otherwise: 'Lambda deletes messages that the function reports as not stored.',
        fix: update('Set it:', source, sources, `--function-response-types ${RESPONSE}`),
      }),
    );
  }
  if (Filters.length > 0) {
    findings.push(
      wrong('error', {
        name: 'filters',
        is: Filters.map(({ Pattern }) => Pattern).join(', '),
        should: 'none',
        otherwise: 'Lambda deletes messages that do not match.',
        fix: update('Remove them:', source, sources, "--filter-criteria '{}'"),
      }),
    );
  }
  return findings;
}

function batches(source: Source, sources: DeployedSources): Finding[] {
  const { BatchSize = 0, MaximumBatchingWindowInSeconds: window = 0 } = source;
  const { batchSize, window: intended } = sources.intended.source;
  const findings: Finding[] = [];
  if (intended !== undefined && window !== intended) {
    const isLonger = window > intended;
    findings.push(
      wrong(isLonger ? 'error' : 'hint', {
        name: 'batching window',
        is: seconds(window),
        should: seconds(intended),
        otherwise: isLonger
          ? 'Notifications are stored later, and the visibility timeout is too short for it.'
          : 'More, smaller batches cost more.',
        fix: update('Set it:', source, sources, `--maximum-batching-window-in-seconds ${intended}`),
      }),
    );
  }
  if (batchSize !== undefined && BatchSize !== batchSize) {
    findings.push(
      wrong('hint', {
        name: 'batch size',
        is: String(BatchSize),
        should: String(batchSize),
        otherwise:
          BatchSize < batchSize ? 'More, smaller batches cost more.' : 'A batch may take too long.',
        fix: update('Set it:', source, sources, `--batch-size ${batchSize}`),
      }),
    );
  }
  return findings;
}

function concurrency(source: Source, sources: DeployedSources): Finding[] {
  const is = source.ScalingConfig?.MaximumConcurrency;
  const should = sources.intended.source.maxConcurrency;
  if (should === undefined || is === should) return [];
  return [
    wrong('hint', {
      name: 'maximum concurrency',
      is: String(is ?? 'not limited'),
      should: String(should),
      otherwise:
        is !== undefined && is < should
          ? 'Many notifications at once are stored later.'
          : 'The function may use up the concurrency of the account.',
      fix: update('Set it:', source, sources, `--scaling-config MaximumConcurrency=${should}`),
    }),
  ];
}

function missing({ functionName, queueArn, intended, options }: DeployedSources): Finding {
  const { batchSize, window, maxConcurrency } = intended.source;
  const settings = [
    batchSize !== undefined && ` --batch-size ${batchSize}`,
    window !== undefined && ` --maximum-batching-window-in-seconds ${window}`,
    maxConcurrency !== undefined && ` --scaling-config MaximumConcurrency=${maxConcurrency}`,
  ].filter((each) => each !== false);
  return {
    level: 'error',
    found: `missing: the function ${functionName} does not receive messages from ${queueArn}`,
    otherwise: 'Notifications wait in the queue until SQS deletes them.',
    fix: command(
      'Was it deleted by hand? Create it:',
      `aws lambda create-event-source-mapping ${options} --function-name ${shellWord(functionName)}` +
        ` --event-source-arn ${shellWord(queueArn)} --function-response-types ${RESPONSE}${settings.join('')}`,
    ),
    blocks: true,
  };
}

/** Sources that hand messages of one of the two queues to something else than the function. */
function otherReaders(sources: DeployedSources): Finding[] {
  const { ofQueue, ofDeadLetters, functionName, queueArn } = sources;
  return [...ofQueue, ...ofDeadLetters]
    .filter(isRead)
    .filter((each) => !(isOf(each, functionName) && each.EventSourceArn === queueArn))
    .map((each) => ({
      level: 'error',
      found: `${each.FunctionArn} also reads ${each.EventSourceArn}, nothing else should`,
      otherwise: 'Messages that it receives are not stored.',
      fix: update('Disable that event source:', each, sources, '--no-enabled'),
    }));
}

function otherQueues(sources: DeployedSources): Finding[] {
  const { ofFunction, ofDeadLetters, queueArn } = sources;
  const known = new Set(ofDeadLetters.map(({ UUID }) => UUID));
  return ofFunction
    .filter((each) => isRead(each) && each.EventSourceArn !== queueArn && !known.has(each.UUID))
    .map((each) => ({
      level: 'hint',
      found: `the function also reads ${each.EventSourceArn}, should read only the queue`,
      otherwise:
        'It also stores what is sent there, without alarms and dead letters of this stack.',
      fix: update(
        'If that is not wanted, disable that event source:',
        each,
        sources,
        '--no-enabled',
      ),
    }));
}

function update(
  purpose: string,
  { UUID = '' }: Source,
  { options }: DeployedSources,
  change: string,
): string {
  return command(
    purpose,
    `aws lambda update-event-source-mapping ${options} --uuid ${shellWord(UUID)} ${change}`,
  );
}
