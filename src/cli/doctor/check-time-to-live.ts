import {
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  type TimeToLiveDescription,
} from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT } from '../../shared/attribute-names.ts';
import { shellWord } from '../../terminal/shell-word.ts';
import { historyRules } from '../aws/stack-outputs.ts';
import { type Check, type Finding, type SetUp, setUpOptions } from './check.ts';
import { command, wrong } from './setting.ts';

/**
 * Checks that DynamoDB deletes old rows of both tables if, and only if, the stack has `retentionDays`, and old
 * entries of the history.
 */
export const checkTimeToLive: Check = {
  name: 'time to live',
  needs: 'dynamodb:DescribeTimeToLive on the tables',
  async run(setUp) {
    const { JobTableName, TaskTableName, RetentionDays } = setUp.stack;
    const history = historyRules(setUp.stack);
    const findings = await Promise.all([
      ofTable(JobTableName, RetentionDays, setUp),
      ofTable(TaskTableName, RetentionDays, setUp),
      ...(history ? [ofTable(history.tableName, history.days, setUp)] : []),
    ]);
    const rows =
      RetentionDays === undefined
        ? 'off: rows are kept forever'
        : `on: rows are deleted after ${RetentionDays} days`;
    const entries = history
      ? `; entries of the history are deleted after ${history.days} days`
      : '';
    return { findings: findings.flat(), summary: `${rows}${entries}` };
  },
};

async function ofTable(
  TableName: string,
  days: number | undefined,
  setUp: SetUp,
): Promise<Finding[]> {
  const { account, signal } = setUp.session;
  const { TimeToLiveDescription = {} } = await new DynamoDBClient(account).send(
    new DescribeTimeToLiveCommand({ TableName }),
    { abortSignal: signal },
  );
  return findings(TableName, TimeToLiveDescription, days, setUpOptions(setUp));
}

function findings(
  table: string,
  { TimeToLiveStatus: status = 'DISABLED', AttributeName = '' }: TimeToLiveDescription,
  days: number | undefined,
  options: string,
): Finding[] {
  const on = status === 'ENABLED' || status === 'ENABLING' ? AttributeName : undefined;
  const should = days === undefined ? undefined : EXPIRES_AT;
  if (on === should) return [];
  const turn = (isOn: boolean, attribute: string) =>
    `aws dynamodb update-time-to-live ${options} --table-name ${shellWord(table)}` +
    ` --time-to-live-specification ${shellWord(`Enabled=${isOn},AttributeName=${attribute}`)}`;
  const common = {
    name: table,
    is: on === undefined ? 'off' : `on, by ${on}`,
    should: should === undefined ? 'off, as retentionDays is not set' : `on, by ${should}`,
  };
  if (should !== undefined) {
    return [
      wrong('error', {
        ...common,
        otherwise: `Rows are not deleted after ${days} days.`,
        fix:
          on === undefined
            ? command('Turn it on:', turn(true, should))
            : command(
                'Turn it off, and on by the right attribute once DynamoDB allows the next change, after about an hour:',
                turn(false, on),
                turn(true, should),
              ),
      }),
    ];
  }
  return [
    wrong(on === EXPIRES_AT ? 'error' : 'hint', {
      ...common,
      otherwise:
        on === EXPIRES_AT
          ? 'DynamoDB deletes rows that were stored while retentionDays was set.'
          : 'DynamoDB deletes rows that have this attribute, which the function does not write.',
      fix: command('Turn it off:', turn(false, on ?? EXPIRES_AT)),
    }),
  ];
}
