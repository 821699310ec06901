import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Finding } from './check.ts';
import type { Intended } from './intended.ts';
import { command, RESTORE, seconds, wrong } from './setting.ts';

/** The function as it is. */
export interface DeployedFunction {
  readonly name: string;
  readonly configuration: FunctionConfiguration;
  /** Its reserved concurrency; `undefined` if it has none. */
  readonly reserved: number | undefined;
  readonly intended: Intended;
  /** Options for the AWS CLI. */
  readonly options: string;
}

/** What is wrong with the function's settings. */
export function functionFindings(deployed: DeployedFunction): Finding[] {
  return [
    ...state(deployed),
    ...concurrency(deployed),
    ...timeout(deployed),
    ...memory(deployed),
    ...environment(deployed),
  ];
}

function state({ configuration }: DeployedFunction): Finding[] {
  const { State = 'Active', StateReason, LastUpdateStatus, LastUpdateStatusReason } = configuration;
  if (['Pending', 'Failed', 'Deactivating', 'Deleting'].includes(State)) {
    return [
      {
        level: 'error',
        found: `state: ${State}, should be Active${StateReason === undefined ? '' : ` (${StateReason})`}`,
        otherwise: 'Lambda does not run it, and notifications wait in the queue.',
        fix: State === 'Pending' ? 'Wait a minute, then check again.' : RESTORE,
        blocks: true,
      },
    ];
  }
  if (LastUpdateStatus !== 'Failed') return [];
  return [
    {
      level: 'error',
      found: `last update: Failed, should be Successful (${LastUpdateStatusReason ?? 'no reason given'})`,
      otherwise: 'The function runs with what was set before.',
      fix: RESTORE,
    },
  ];
}

function concurrency({ name, reserved, intended, options }: DeployedFunction): Finding[] {
  const { maxConcurrency = 1 } = intended.source;
  if (reserved === undefined || reserved >= maxConcurrency) return [];
  return [
    {
      ...wrong('error', {
        name: 'reserved concurrency',
        is: String(reserved),
        should: `none, or ${maxConcurrency} or more`,
        otherwise:
          reserved === 0
            ? 'Lambda does not run the function at all.'
            : 'Lambda throttles it, and each attempt counts as a receive: valid notifications become dead letters.',
        fix: command(
          'Remove it:',
          `aws lambda delete-function-concurrency ${options} --function-name ${shellWord(name)}`,
        ),
      }),
      blocks: reserved === 0,
    },
  ];
}

function timeout(deployed: DeployedFunction): Finding[] {
  const is = deployed.configuration.Timeout ?? 0;
  const should = deployed.intended.function.timeout;
  if (should === undefined || is === should) return [];
  return [
    wrong('error', {
      name: 'timeout',
      is: seconds(is),
      should: seconds(should),
      otherwise:
        is < should
          ? 'Lambda ends large batches too soon, and delivers them again.'
          : 'A batch may be delivered again while the function still works on it.',
      fix: update(deployed, `--timeout ${should}`),
    }),
  ];
}

function memory(deployed: DeployedFunction): Finding[] {
  const is = deployed.configuration.MemorySize ?? 0;
  const should = deployed.intended.function.memory;
  if (should === undefined || is === should) return [];
  return [
    wrong(is < should ? 'error' : 'hint', {
      name: 'memory',
      is: `${is} MiB`,
      should: `${should} MiB`,
      otherwise:
        is < should
          ? 'The function is slower, and large batches may run out of memory or time.'
          : 'Each invocation costs more.',
      fix: update(deployed, `--memory-size ${should}`),
    }),
  ];
}

/** What another value of a variable does. That of a variable not listed here is a matter of taste. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  JOB_TABLE_NAME: 'Jobs are stored where nobody looks for them, or not at all.',
  TASK_TABLE_NAME: 'Tasks are stored where nobody looks for them, or not at all.',
  NEWEST_BY: 'Another notification than the newest may stay in the tables.',
  RETENTION_DAYS: 'Rows are deleted at another time, or never.',
  HISTORY:
    'Other notifications than those of the setting have an entry in the history, or none has.',
  HISTORY_DAYS: 'Entries of the history are deleted at another time.',
  HISTORY_TABLE_NAME:
    'Entries are written where nobody looks for them, or nothing is stored at all.',
  RENDERING: 'The tasks that render are not listed, or cost write units for nothing.',
};

type Variables = Readonly<Record<string, string>>;

const FROM_OUTPUTS = [...Object.keys(CONSEQUENCES), 'EMPTY_FIELDS'];

function environment(deployed: DeployedFunction): Finding[] {
  const { Variables: is = {}, Error: unreadable } = deployed.configuration.Environment ?? {};
  if (unreadable !== undefined) {
    return [
      {
        level: 'hint',
        found: `variables could not be looked at: ${unreadable.ErrorCode}: ${unreadable.Message}`,
        fix: "Grant these credentials kms:Decrypt on the key of the function's variables.",
      },
    ];
  }
  const should = intendedVariables(deployed, is);
  const names = [
    ...new Set([...Object.keys(CONSEQUENCES), ...Object.keys(should), ...Object.keys(is)]),
  ];
  // All at once: the command replaces all variables.
  const variables = shellWord(JSON.stringify({ Variables: should }));
  return names
    .filter((name) => is[name] !== should[name])
    .map((name) =>
      wrong(name in CONSEQUENCES ? 'error' : 'hint', {
        name: `variable ${name}`,
        is: is[name] ?? 'not set',
        should: should[name] ?? 'not set',
        otherwise: CONSEQUENCES[name] ?? 'The function works otherwise than the stack set it.',
        fix: update(deployed, `--environment ${variables}`),
      }),
    );
}

/** Without the template, only those variables are known that the outputs name. */
function intendedVariables({ intended }: DeployedFunction, is: Variables): Variables {
  if (intended.template.length > 0) return intended.function.environment;
  const others = Object.entries(is).filter(([name]) => !FROM_OUTPUTS.includes(name));
  return { ...Object.fromEntries(others), ...intended.function.environment };
}

function update({ name, options }: DeployedFunction, change: string): string {
  return command(
    'Set it:',
    `aws lambda update-function-configuration ${options} --function-name ${shellWord(name)} ${change}`,
  );
}
