import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Properties } from '../aws/deployed-template.ts';
import type { Finding } from './check.ts';
import type { FedFunction } from './fed-function.ts';
import { command, RESTORE, seconds, wrong } from './setting.ts';

/** What happens if a function and its source are not as the stack set them. */
export interface Consequences {
  /** What feeds it, such as `the stream of the history`. */
  readonly source: string;
  /** If nothing feeds it, or it does not run. */
  readonly stopped: string;
  /** If it has a problem that Lambda tells. */
  readonly uncertain: string;
  /** If Lambda does not take its reports. */
  readonly lost: string;
  /** If it is fed in other batches. */
  readonly batches: string;
  /** Only of a stream: if nobody is told of what Lambda gives up, and if it gives up at another time. */
  readonly givenUp?: { readonly untold: string; readonly sooner: string };
  /** If it has another value of a variable. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What is wrong with a function and its source. @param sourceArn what feeds it; `undefined` if it is not there */
export function fedFunctionFindings(
  deployed: FedFunction,
  sourceArn: string | undefined,
  consequences: Consequences,
): Finding[] {
  return [
    ...state(deployed, consequences),
    ...source(deployed, sourceArn, consequences),
    ...variables(deployed, consequences),
  ];
}

function state(
  { name, configuration, reserved, options }: FedFunction,
  { stopped: otherwise }: Consequences,
): Finding[] {
  const { State = 'Active' } = configuration;
  if (['Failed', 'Deactivating', 'Deleting'].includes(State)) {
    return [
      { level: 'error', found: `${name} is ${State}, should be Active`, otherwise, fix: RESTORE },
    ];
  }
  if (reserved !== 0) return [];
  const remove = `aws lambda delete-function-concurrency ${options} --function-name ${shellWord(name)}`;
  return [
    wrong('error', {
      name: `reserved concurrency of ${name}`,
      is: '0',
      should: 'none',
      otherwise,
      fix: command('Remove it:', remove),
    }),
  ];
}

function source(
  deployed: FedFunction,
  sourceArn: string | undefined,
  consequences: Consequences,
): Finding[] {
  const { name, sources, options } = deployed;
  const { stopped: otherwise } = consequences;
  if (sourceArn === undefined) {
    const found = `${consequences.source} is missing`;
    return [{ level: 'error', found, otherwise, fix: RESTORE }];
  }
  const own = sources.find(({ EventSourceArn }) => EventSourceArn === sourceArn);
  if (own === undefined) {
    const found = `no event source passes ${consequences.source} to ${name}`;
    return [{ level: 'error', found, otherwise, fix: RESTORE }];
  }
  const { State = 'unknown', LastProcessingResult = '', UUID = '' } = own;
  if (!['Enabled', 'Updating', 'Creating', 'Enabling'].includes(State)) {
    const enable = `aws lambda update-event-source-mapping ${options} --uuid ${UUID} --enabled`;
    return [
      wrong('error', {
        name: `event source of ${name}`,
        is: State,
        should: 'Enabled',
        otherwise,
        fix: command('Enable it:', enable),
      }),
    ];
  }
  if (LastProcessingResult.startsWith('PROBLEM')) {
    return [
      {
        level: 'error',
        found: `last processing result of ${name}: ${LastProcessingResult}`,
        otherwise: consequences.uncertain,
        fix: 'See the log of the function and its role in the Lambda console.',
      },
    ];
  }
  return [...handling(own, deployed, consequences), ...batches(own, deployed, consequences)];
}

/** What Lambda does with what the function reports. */
function handling(
  own: EventSourceMappingConfiguration,
  { name, intended }: FedFunction,
  { lost, givenUp }: Consequences,
): Finding[] {
  const { DestinationConfig, FunctionResponseTypes = [], MaximumRecordAgeInSeconds = -1 } = own;
  const findings: Finding[] = [];
  if (givenUp && DestinationConfig?.OnFailure?.Destination === undefined) {
    const found = `on-failure destination of ${name}: none`;
    findings.push({ level: 'error', found, otherwise: givenUp.untold, fix: RESTORE });
  }
  if (!FunctionResponseTypes.includes('ReportBatchItemFailures')) {
    const found = `function response types of ${name}: none, should be ReportBatchItemFailures`;
    findings.push({ level: 'error', found, otherwise: lost, fix: RESTORE });
  }
  const age = Number(intended.source.MaximumRecordAgeInSeconds ?? MaximumRecordAgeInSeconds);
  if (givenUp && MaximumRecordAgeInSeconds !== age) {
    findings.push(
      wrong('error', {
        name: `maximum record age of ${name}`,
        is: MaximumRecordAgeInSeconds === -1 ? 'none' : seconds(MaximumRecordAgeInSeconds),
        should: seconds(age),
        otherwise: givenUp.sooner,
        fix: RESTORE,
      }),
    );
  }
  return findings;
}

function batches(
  own: EventSourceMappingConfiguration,
  { name, intended }: FedFunction,
  { batches: otherwise }: Consequences,
): Finding[] {
  const { BatchSize: size, MaximumBatchingWindowInSeconds: window = 0 } = own;
  const { BatchSize, MaximumBatchingWindowInSeconds } = intended.source;
  const [shouldSize, shouldWindow] = [BatchSize, MaximumBatchingWindowInSeconds].map((each) =>
    each === undefined ? undefined : Number(each),
  );
  const findings: Finding[] = [];
  if (shouldSize !== undefined && size !== shouldSize) {
    const [is, should] = [String(size), String(shouldSize)];
    const what = { name: `batch size of ${name}`, is, should };
    findings.push(wrong('hint', { ...what, otherwise, fix: RESTORE }));
  }
  if (shouldWindow !== undefined && window !== shouldWindow) {
    const [is, should] = [seconds(window), seconds(shouldWindow)];
    const what = { name: `batching window of ${name}`, is, should };
    findings.push(wrong('hint', { ...what, otherwise, fix: RESTORE }));
  }
  return findings;
}

function variables({ name, configuration, intended }: FedFunction, words: Consequences): Finding[] {
  const is = configuration.Environment?.Variables ?? {};
  const { Environment } = intended.function as { Environment?: { Variables?: Properties } };
  const should = Environment?.Variables;
  if (should === undefined) return [];
  return Object.entries(words.variables)
    .filter(([variable]) => typeof (should[variable] ?? '') === 'string')
    .filter(([variable]) => is[variable] !== should[variable])
    .map(([variable, otherwise]) =>
      wrong('error', {
        name: `variable ${variable} of ${name}`,
        is: is[variable] ?? 'none',
        should: String(should[variable] ?? 'none'),
        otherwise,
        fix: RESTORE,
      }),
    );
}
