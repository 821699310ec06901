import type { SQSRecord } from 'aws-lambda';
import { type Item, toItem } from '../../../src/ingest/item/item.ts';
import type { NewestBy, Rendering } from '../../../src/shared/setting-values.ts';

/** An item of a world, and its number there. */
export interface WorldItem extends Item {
  readonly number: number;
  /** The text of its message. */
  readonly body: string;
  /** The number of the first item of the same message, which has the same entry in the history. */
  readonly entry: number;
}

/** Notifications that are sent, and which of them must be in the rows in the end. */
export interface World {
  readonly name: string;
  readonly items: readonly WorldItem[];
  /** The numbers of the newest of each row, by the order that the function goes by. */
  readonly newest: Readonly<Record<NewestBy, readonly number[]>>;
}

interface Notification {
  readonly task?: number;
  /** In ms. */
  readonly sent: number;
  /** The seventh digit of the seconds of its `Timestamp`; none without it. */
  readonly tick?: number;
  readonly status: 'Rendering' | 'Completed' | 'Failed' | 'Queued' | 'Suspended';
  /** A field that only this notification has. */
  readonly own?: string;
  /** The setting of the function that it is delivered to. */
  readonly rendering?: Rendering;
}

function world(
  name: string,
  notifications: readonly Notification[],
  bySent: readonly number[],
  byTimestamp = bySent,
): World {
  const records = notifications.map(toRecord);
  const bodies = records.map(({ body }) => body);
  const items = records.map((record, number) => ({
    ...toItem(record, { rendering: notifications[number]?.rendering ?? 'off' }),
    number,
    body: record.body,
    entry: bodies.indexOf(record.body),
  }));
  return { name, items, newest: { sent_timestamp: bySent, timestamp: byTimestamp } };
}

/**
 * Small worlds of three notifications of one or two tasks. Where notifications have the same `Timestamp`,
 * their rows have the same attributes at the top.
 */
export const WORLDS: readonly World[] = [
  world(
    'one after another, by clocks that differ',
    [
      { sent: 1, tick: 3, status: 'Rendering', own: 'a' },
      { sent: 2, tick: 2, status: 'Completed', own: 'b' },
      { sent: 3, tick: 1, status: 'Rendering', own: 'c' },
    ],
    [2],
    [0],
  ),
  world(
    'in the same millisecond',
    [
      { sent: 1, tick: 1, status: 'Rendering', own: 'a' },
      { sent: 1, tick: 2, status: 'Failed', own: 'b' },
      { sent: 1, tick: 3, status: 'Rendering', own: 'c' },
    ],
    [2],
  ),
  world(
    'at the same time, without `Timestamp`',
    [
      { sent: 1, status: 'Rendering', own: 'a' },
      { sent: 1, status: 'Completed', own: 'b' },
      { sent: 1, status: 'Completed', own: 'c' },
    ],
    [2],
  ),
  world(
    'at the same time, without `Timestamp`, and a later one',
    [
      { sent: 1, status: 'Rendering', own: 'a' },
      { sent: 1, status: 'Failed', own: 'b' },
      { sent: 2, status: 'Rendering', own: 'c' },
    ],
    [2],
  ),
  world(
    'two stops at the same time, without `Timestamp`, and a later one',
    [
      { sent: 1, status: 'Completed', own: 'a' },
      { sent: 1, status: 'Completed', own: 'b' },
      { sent: 2, status: 'Rendering', own: 'c' },
    ],
    [2],
  ),
  world(
    'three stops at the same time',
    [
      { sent: 1, tick: 1, status: 'Completed' },
      { sent: 1, tick: 1, status: 'Queued' },
      { sent: 1, tick: 1, status: 'Suspended' },
    ],
    [2],
  ),
  world(
    'at the same time, and a later one',
    [
      { sent: 1, tick: 1, status: 'Rendering' },
      { sent: 1, tick: 1, status: 'Failed' },
      { sent: 2, tick: 2, status: 'Rendering' },
    ],
    [2],
  ),
  world(
    'at the same time, and an earlier one',
    [
      { sent: 1, tick: 1, status: 'Failed' },
      { sent: 2, tick: 2, status: 'Rendering' },
      { sent: 2, tick: 2, status: 'Completed' },
    ],
    [2],
  ),
  world(
    'a start that its sender repeats after the stop',
    [
      { sent: 1, tick: 1, status: 'Rendering', own: 'a' },
      { sent: 2, tick: 2, status: 'Completed', own: 'b' },
      { sent: 3, tick: 1, status: 'Rendering', own: 'a' },
    ],
    [2],
    [1],
  ),
  world(
    'a start before and after `rendering` is turned on, and its stop',
    [
      { sent: 1, tick: 1, status: 'Rendering', own: 'a' },
      { sent: 1, tick: 1, status: 'Rendering', own: 'a', rendering: 'on' },
      { sent: 2, tick: 2, status: 'Completed', own: 'b', rendering: 'on' },
    ],
    [2],
  ),
  world(
    'two tasks',
    [
      { sent: 1, tick: 1, status: 'Rendering', own: 'a' },
      { sent: 2, tick: 2, status: 'Failed', own: 'b' },
      { task: 1, sent: 2, tick: 2, status: 'Completed', own: 'c' },
    ],
    [1, 2],
  ),
  world(
    'two tasks, at the same time, without `Timestamp`',
    [
      { sent: 1, status: 'Rendering', own: 'a' },
      { sent: 1, status: 'Failed', own: 'b' },
      { task: 1, sent: 1, status: 'Completed', own: 'c' },
    ],
    [1, 2],
  ),
];

function toRecord({ task = 0, sent, tick, status, own }: Notification): SQSRecord {
  const verb = status === 'Rendering' ? 'Started' : 'Stopped';
  const body = {
    TaskDetails: { JobID: 'j', TaskID: task, Status: status },
    NotificationInfo: { Name: `${verb}TaskNotification` },
    ...(tick !== undefined && { Timestamp: `2026-01-01T00:00:00.000000${tick}Z` }),
    ...(own !== undefined && { [own]: true }),
  };
  const attributes = { SentTimestamp: String(sent) };
  return { body: JSON.stringify(body), attributes } as SQSRecord;
}

/**
 * All ways to deliver items to up to so many concurrent invocations: each invocation has some of them, each
 * item is in at least one. The order of the invocations does not matter.
 */
export function allBatches(
  items: readonly WorldItem[],
  invocations: number,
): (readonly WorldItem[])[][] {
  const subsets = Array.from({ length: 2 ** items.length - 1 }, (_, index) =>
    items.filter((_, bit) => (index + 1) & (1 << bit)),
  );
  const multisets = (count: number, from: number): WorldItem[][][] =>
    count === 0
      ? [[]]
      : subsets
          .slice(from)
          .flatMap((subset, index) =>
            multisets(count - 1, from + index).map((others) => [subset, ...others]),
          );
  return Array.from({ length: invocations }, (_, index) => multisets(index + 1, 0))
    .flat()
    .filter((batches) => items.every((item) => batches.some((batch) => batch.includes(item))));
}
