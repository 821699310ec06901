import { expect, test } from 'vitest';
import { entrySize, SOURCE, toEventEntry } from '../../../src/events/event-entry.ts';
import { deliveredEvent, type SentEntry } from '../../../src/local/engines/event-bus-local.ts';
import type { JobTransition, Transition } from '../../../src/shared/history-entry.ts';
import { TRANSITIONS } from '../../../src/shared/transitions.ts';
import { breaches, schema } from '../../support/event-schema.ts';
import { jobTransition, NO_IDS, taskTransition } from '../../support/transition-samples.ts';

const delivered = (transition: Transition | JobTransition, rules = NO_IDS) => {
  const { Time, ...entry } = toEventEntry(transition, rules);
  const event = deliveredEvent({ ...entry, Time: Number(Time) / 1_000 } as SentEntry);
  return event as Record<string, unknown> & { detail: Record<string, unknown> };
};

test('a completed job is the event of AWS Deadline Cloud, with what Deadline 10 has beyond it', () => {
  const transition = jobTransition();
  const event = delivered(transition, { ...NO_IDS, farmId: 'farm-1', queueId: 'queue-1' });
  expect(event).toMatchObject({
    'detail-type': 'Job Run Status Change',
    source: 'deadline-notifications',
    time: '2026-11-25T20:47:23Z',
  });
  expect(event.detail).toEqual({
    farmId: 'farm-1',
    queueId: 'queue-1',
    jobId: '6b067e72f6ac6ffc9125246d',
    taskRunStatus: 'SUCCEEDED',
    deadline: transition,
  });
  expect(breaches(event)).toBeUndefined();
});

test('a requeued task is ready to run again; ids that nobody set are left out', () => {
  const transition = taskTransition({ transition: 'task-requeued', status: 'Queued' });
  const event = delivered(transition);
  expect(event['detail-type']).toBe('Task Run Status Change');
  expect(event.detail).toEqual({
    jobId: '6b067e72f6ac6ffc9125246d',
    taskId: '13',
    runStatus: 'READY',
    deadline: transition,
  });
  expect(breaches(event)).toBeUndefined();
});

test.for([
  ['job-completed', 'Completed', 'SUCCEEDED'],
  ['job-failed', 'Failed', 'FAILED'],
  ['job-suspended', 'Suspended', 'SUSPENDED'],
  ['job-deleted', 'Active', 'CANCELED'],
  ['task-started', 'Rendering', 'RUNNING'],
  ['task-started', null, 'RUNNING'],
  ['task-completed', 'Completed', 'SUCCEEDED'],
  ['task-failed', 'Failed', 'FAILED'],
  ['task-suspended', 'Suspended', 'SUSPENDED'],
  ['task-requeued', 'Queued', 'READY'],
  ['task-stopped', 'Pending', 'PENDING'],
  ['task-stopped', 'Rendering', 'RUNNING'],
  ['task-stopped', 'Unknown', undefined],
  ['task-stopped', 'toString', undefined],
  ['task-stopped', null, undefined],
] as const)('%s in status %s is %s', ([name, status, expected]) => {
  const transition = name.startsWith('job-')
    ? jobTransition({ transition: name, status })
    : taskTransition({ transition: name, status });
  const event = delivered(transition);
  expect(event.detail.taskRunStatus ?? event.detail.runStatus).toBe(expected);
  expect(breaches(event)).toBeUndefined();
});

test('what is not known of a transition is null, and fits the schema', () => {
  const nothing = <T extends object>(all: T) =>
    Object.fromEntries(Object.keys(all).map((key) => [key, null])) as T;
  const { id, at, job, task, transition } = taskTransition();
  const bare = { ...nothing(taskTransition()), id, at, job, task, transition };
  expect(breaches(delivered(bare))).toBeUndefined();
  const bareJob = { ...nothing(jobTransition()), id, at, job, transition: 'job-failed' as const };
  expect(breaches(delivered(bareJob))).toBeUndefined();
});

test('the schema names all fields, all transitions, and the source', () => {
  const { jobDetail, taskDetail } = schema.$defs;
  for (const [{ properties }, transition] of [
    [jobDetail, jobTransition()],
    [taskDetail, taskTransition()],
  ] as const) {
    expect(Object.keys(properties.deadline.properties)).toEqual(Object.keys(transition));
    const all = delivered(transition, { ...NO_IDS, farmId: 'f', queueId: 'q' });
    expect(Object.keys(properties)).toEqual(Object.keys(all.detail));
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(Object.keys(all).filter((key) => !/^detail/.test(key))),
    );
  }
  const named = [jobDetail, taskDetail].flatMap(
    ({ properties }) => properties.deadline.properties.transition.enum,
  );
  expect(named.sort()).toEqual([...TRANSITIONS].sort());
  expect(schema.properties.source.const).toBe(SOURCE);
});

test('the schema refuses what is no such event', () => {
  const event = delivered(taskTransition());
  const { jobId: _, ...rest } = event.detail;
  expect(breaches({ ...event, detail: rest })).toContain('jobId');
  expect(breaches({ ...event, 'detail-type': 'Job Run Status Change' })).toBeDefined();
  expect(breaches({ ...event, detail: { ...event.detail, runStatus: 'Rendering' } })).toBeDefined();
});

test('the size of an entry counts bytes, not characters', () => {
  const { Detail = '', DetailType = '' } = toEventEntry(taskTransition({ reason: '夜景' }), NO_IDS);
  const size = entrySize(toEventEntry(taskTransition({ reason: '夜景' }), NO_IDS));
  expect(size).toBe(14 + SOURCE.length + DetailType.length + Detail.length + 4);
});
