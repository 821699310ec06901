import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StackNotFound } from '../../../shared/errors.ts';
import { quiet } from '../../../shared/function-clients.ts';
import { INDEXES } from '../../../shared/indexes.ts';
import { resolveRegion } from '../../aws/account.ts';
import { renewableCredentials } from '../../aws/credentials.ts';
import { HistoryEntries } from '../../aws/history-entries.ts';
import { isIndexUnreadable, requireIndexes } from '../../aws/index-status.ts';
import { NotificationRows } from '../../aws/notification-rows.ts';
import { readStackOutputs } from '../../aws/stack-outputs.ts';
import type { Session } from '../../session.ts';
import { AwsClock } from './aws-clock.ts';
import { BoardState } from './board-state.ts';
import { credentialRenewal } from './credential-renewal.ts';
import { ReadMeter } from './read-meter.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/**
 * Opens the deployed stack for the board.
 *
 * @param local this machine's time in ms since the epoch
 * @throws what a command throws that finds no stack, no credentials, or no index
 */
export async function openBoardState(
  session: Session,
  local: () => number = Date.now,
): Promise<BoardState> {
  const { stackName, signal } = session;
  const { profile, requestHandler } = session.account;
  const credentials = renewableCredentials({ profile, requestHandler, signal });
  const account = { ...session.account, credentials: credentials.provider };
  const region = await resolveRegion(account);
  const stack = await readStackOutputs(stackName, account, signal);
  const indexes = [
    ...[INDEXES.jobs, INDEXES.failed],
    ...(stack.Rendering === 'on' ? [INDEXES.rendering] : []),
  ];
  const checkIndexes = () => requireIndexes(stack, { ...session, account }, indexes);
  await checkIndexes();

  // It looks again by itself: what lasts is to be said soon.
  const dynamoDb = quiet(new DynamoDBClient({ ...account, maxAttempts: 2 }));
  const clock = new AwsClock(local);
  const meter = new ReadMeter(clock.now);
  clock.attach(dynamoDb);
  meter.attach(dynamoDb);
  const renewal = async () => {
    const { loadSharedConfigFiles } = await import('@smithy/core/config');
    const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
    const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
    const profiles = [...names].map((name) => [
      name,
      { ...configFile[name], ...credentialsFile[name] },
    ]);
    return credentialRenewal(profile, process.env, Object.fromEntries(profiles));
  };
  const diagnose = async (error: unknown): Promise<Trouble> => {
    const trouble = await troubleOf(await explained(error), renewal);
    if (trouble.isOfCredentials) credentials.renew();
    return trouble;
  };
  /** The error that says why DynamoDB refuses, if it is the stack or an index. */
  async function explained(error: unknown): Promise<unknown> {
    const look = isNoTable(error)
      ? () => readStackOutputs(stackName, account, signal)
      : isIndexUnreadable(error)
        ? checkIndexes
        : undefined;
    const found = await look?.().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!isNotThere(found)) return found ?? error;
    return new StackNotFound(
      `The stack ${stackName} is not there any more in ${region}.`,
      'Deploy it again; the board goes on by itself.',
    );
  }
  return new BoardState({
    ...{ stack, stackName, region, diagnose, now: clock.now },
    rows: new NotificationRows(dynamoDb, stack, signal, clock.now),
    history:
      stack.History === 'off' ? undefined : new HistoryEntries(dynamoDb, stack, signal, clock.now),
    unitsPerHour: () => meter.unitsPerHour,
    notes: () => (clock.note === undefined ? [] : [clock.note]),
  });
}

/** Whether CloudFormation says that there is no such stack, not that it cannot be asked. */
function isNotThere(error: unknown): boolean {
  return error instanceof StackNotFound && (error.cause as Error)?.name === 'ValidationError';
}

function isNoTable(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}
