import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NotificationRows } from './aws/notification-rows.ts';
import { type Account, findStack, type Stack } from './aws/stack-outputs.ts';

/** How the command line was called, whatever the command. */
export interface Session {
  readonly stackName: string;
  readonly account: Account;
  /** One object a line, in place of tables. */
  readonly json: boolean;
  /** Times in UTC, in place of this machine's zone. */
  readonly utc: boolean;
  /** Says when the command is to stop. */
  readonly signal: AbortSignal;
  /** Says when what is printed goes nowhere. */
  readonly output: AbortSignal;
}

/** The deployed stack, and its rows. */
export async function open({ stackName, account, signal }: Session): Promise<{
  stack: Stack;
  rows: NotificationRows;
}> {
  const stack = await findStack(stackName, account, signal);
  return { stack, rows: new NotificationRows(new DynamoDBClient(account), stack, signal) };
}
