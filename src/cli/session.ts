import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { quiet } from '../shared/function-clients.ts';
import type { Screen } from '../terminal/screen.ts';
import type { Account } from './aws/account.ts';
import { NotificationRows } from './aws/notification-rows.ts';
import { readStackOutputs, type StackOutputs } from './aws/stack-outputs.ts';

/** Options and signals common to all commands. */
export interface Session {
  readonly stackName: string;
  readonly account: Account;
  /** Prints one JSON object per line instead of tables. */
  readonly json: boolean;
  /** Shows times in UTC instead of the local time zone. */
  readonly utc: boolean;
  /** When the command was called, in ms since the epoch. */
  readonly now: number;
  /** Where standard output goes. */
  readonly screen: Screen;
  /** Aborts when the command is interrupted. */
  readonly signal: AbortSignal;
  /** Aborts when the output can no longer be written. */
  readonly output: AbortSignal;
}

/** The deployed stack and its rows. */
export async function open({ stackName, account, signal }: Session): Promise<{
  stack: StackOutputs;
  dynamoDb: DynamoDBClient;
  rows: NotificationRows;
}> {
  const stack = await readStackOutputs(stackName, account, signal);
  const dynamoDb = quiet(new DynamoDBClient(account));
  return { stack, dynamoDb, rows: new NotificationRows(dynamoDb, stack, signal) };
}
