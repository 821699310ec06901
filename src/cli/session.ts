import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Account } from './aws/account.ts';
import { NotificationRows } from './aws/notification-rows.ts';
import { readStackOutputs, type StackOutputs } from './aws/stack-outputs.ts';

/** How the command line was called, whatever the command. */
export interface Session {
  readonly stackName: string;
  readonly account: Account;
  /** One object a line, in place of tables. */
  readonly json: boolean;
  /** Times in UTC, in place of this machine's zone. */
  readonly utc: boolean;
  /** Aborts when the command is to stop. */
  readonly signal: AbortSignal;
  /** Aborts when what is printed goes nowhere. */
  readonly output: AbortSignal;
}

/** The deployed stack and its rows. */
export async function open({ stackName, account, signal }: Session): Promise<{
  stack: StackOutputs;
  rows: NotificationRows;
}> {
  const stack = await readStackOutputs(stackName, account, signal);
  return { stack, rows: new NotificationRows(new DynamoDBClient(account), stack, signal) };
}
