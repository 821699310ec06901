import type {
  EventSourceMappingConfiguration,
  FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Properties } from '../aws/deployed-template.ts';
import type { Finding } from './check.ts';
import { command, RESTORE, seconds, wrong } from './setting.ts';

/** What publishes events, as it is. */
export interface DeployedEvents {
  readonly name: string;
  readonly configuration: FunctionConfiguration;
  /** The function's reserved concurrency; `undefined` if it has none. */
  readonly reserved: number | undefined;
  readonly sources: readonly EventSourceMappingConfiguration[];
  /** The stream of the history; `undefined` if it has none. */
  readonly streamArn: string | undefined;
  /** What the template has of the function and its source; empty if it could not be read. */
  readonly intended: { readonly function: Properties; readonly source: Properties };
  /** Options for the AWS CLI. */
  readonly options: string;
}

/** What is wrong with the function that publishes events, and with its source. */
export function eventFindings(deployed: DeployedEvents): Finding[] {
  return [...state(deployed), ...source(deployed), ...variables(deployed)];
}

function state({ name, configuration, reserved, options }: DeployedEvents): Finding[] {
  const { State = 'Active' } = configuration;
  const otherwise = 'No events go out. After a day, DynamoDB deletes what its stream holds.';
  if (['Failed', 'Deactivating', 'Deleting'].includes(State)) {
    return [
      { level: 'error', found: `${name} is ${State}, should be Active`, otherwise, fix: RESTORE },
    ];
  }
  if (reserved !== 0) return [];
  const remove = `aws lambda delete-function-concurrency ${options} --function-name ${shellWord(name)}`;
  return [
    wrong('error', {
      name: 'reserved concurrency',
      is: '0',
      should: 'none',
      otherwise,
      fix: command('Remove it:', remove),
    }),
  ];
}

function source(deployed: DeployedEvents): Finding[] {
  const { streamArn, sources, options } = deployed;
  if (streamArn === undefined) {
    return [
      {
        level: 'error',
        found: 'the history has no stream',
        otherwise: 'No events go out.',
        fix: RESTORE,
      },
    ];
  }
  const own = sources.find(({ EventSourceArn }) => EventSourceArn === streamArn);
  if (own === undefined) {
    return [
      {
        level: 'error',
        found: 'no event source passes the stream of the history to the function',
        otherwise: 'No events go out.',
        fix: RESTORE,
      },
    ];
  }
  const { State = 'unknown', LastProcessingResult = '', UUID = '' } = own;
  if (!['Enabled', 'Updating', 'Creating', 'Enabling'].includes(State)) {
    const enable = `aws lambda update-event-source-mapping ${options} --uuid ${UUID} --enabled`;
    return [
      wrong('error', {
        name: 'event source',
        is: State,
        should: 'Enabled',
        otherwise: 'No events go out. After a day, DynamoDB deletes what the stream holds.',
        fix: command('Enable it:', enable),
      }),
    ];
  }
  if (LastProcessingResult.startsWith('PROBLEM')) {
    return [
      {
        level: 'error',
        found: `last processing result: ${LastProcessingResult}`,
        otherwise: 'Events may not go out.',
        fix: 'See the log of the function and its role in the Lambda console.',
      },
    ];
  }
  return settings(own, deployed);
}

/** What Lambda does with what is not published. */
function settings(own: EventSourceMappingConfiguration, { intended }: DeployedEvents): Finding[] {
  const { DestinationConfig, FunctionResponseTypes = [], MaximumRecordAgeInSeconds = -1 } = own;
  const findings: Finding[] = [];
  if (DestinationConfig?.OnFailure?.Destination === undefined) {
    findings.push({
      level: 'error',
      found: 'on-failure destination: none',
      otherwise: 'Nobody learns of events that are given up.',
      fix: RESTORE,
    });
  }
  if (!FunctionResponseTypes.includes('ReportBatchItemFailures')) {
    findings.push({
      level: 'error',
      found: 'function response types: none, should be ReportBatchItemFailures',
      otherwise: 'Events that the bus does not take are lost.',
      fix: RESTORE,
    });
  }
  const age = Number(intended.source.MaximumRecordAgeInSeconds ?? MaximumRecordAgeInSeconds);
  if (MaximumRecordAgeInSeconds !== age) {
    findings.push(
      wrong('error', {
        name: 'maximum record age',
        is: MaximumRecordAgeInSeconds === -1 ? 'none' : seconds(MaximumRecordAgeInSeconds),
        should: seconds(age),
        otherwise: 'Events are given up sooner, or are deleted from the stream without a trace.',
        fix: RESTORE,
      }),
    );
  }
  return findings;
}

const VARIABLES = ['EVENT_BUS_NAME', 'FARM_ID', 'QUEUE_ID'];

function variables({ configuration, intended }: DeployedEvents): Finding[] {
  const is = configuration.Environment?.Variables ?? {};
  const { Environment } = intended.function as { Environment?: { Variables?: Properties } };
  const should = Environment?.Variables;
  if (should === undefined) return [];
  return VARIABLES.filter(
    (name) => typeof (should[name] ?? '') === 'string' && is[name] !== should[name],
  ).map((name) =>
    wrong('error', {
      name: `variable ${name}`,
      is: is[name] ?? 'none',
      should: String(should[name] ?? 'none'),
      otherwise:
        name === 'EVENT_BUS_NAME'
          ? 'Events go to another bus.'
          : 'Rules that match the id do not match.',
      fix: RESTORE,
    }),
  );
}
