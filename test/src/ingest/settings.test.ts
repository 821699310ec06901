import { expect, test } from 'vitest';
import { readSettings } from '../../../src/ingest/settings.ts';
import { loadFunction } from '../../support/load-function.ts';

const RIGHT = { JOB_TABLE_NAME: 'Jobs', TASK_TABLE_NAME: 'Tasks', NEWEST_BY: 'timestamp' };

test('the environment sets the tables, what is newest, and the contents and retention of rows', () => {
  expect(
    readSettings({ ...RIGHT, RETENTION_DAYS: '90', EMPTY_FIELDS: 'omit', RENDERING: 'on' }),
  ).toEqual({
    tables: { job: 'Jobs', task: 'Tasks' },
    rules: { newestBy: 'timestamp', retentionDays: 90, emptyFields: 'omit', rendering: 'on' },
    history: undefined,
  });
});

test('rows are kept forever by default', () => {
  expect(readSettings(RIGHT).rules.retentionDays).toBeUndefined();
});

test('empty fields are kept by default, and if set', () => {
  expect(readSettings(RIGHT).rules.emptyFields).toBe('keep');
  expect(readSettings({ ...RIGHT, EMPTY_FIELDS: 'keep' }).rules.emptyFields).toBe('keep');
});

test('no index lists what renders by default, or if set', () => {
  expect(readSettings(RIGHT).rules.rendering).toBe('off');
  expect(readSettings({ ...RIGHT, RENDERING: 'off' }).rules.rendering).toBe('off');
});

test('the history is off by default; on, it has its table, its level, and how long entries are kept', () => {
  expect(readSettings(RIGHT).history).toBeUndefined();
  expect(readSettings({ ...RIGHT, HISTORY: 'off' }).history).toBeUndefined();
  const on = { ...RIGHT, HISTORY: 'problems', HISTORY_TABLE_NAME: 'History' };
  const history = { level: 'problems', days: 30, tableName: 'History' };
  expect(readSettings(on).history).toEqual(history);
  expect(readSettings({ ...on, HISTORY_DAYS: '7' }).history).toEqual({ ...history, days: 7 });
});

test('with the history, its table is required', () => {
  expect(() => readSettings({ ...RIGHT, HISTORY: 'all' })).toThrow(
    'HISTORY_TABLE_NAME is missing: it must name a DynamoDB table where HISTORY is on',
  );
});

test.for([1, 10, 999, 3_650])('rows may be kept for %i days', (days) => {
  const { rules } = readSettings({ ...RIGHT, RETENTION_DAYS: String(days) });
  expect(rules.retentionDays).toBe(days);
});

test.for([
  ['JOB_TABLE_NAME', undefined, 'JOB_TABLE_NAME is missing'],
  ['TASK_TABLE_NAME', '', 'TASK_TABLE_NAME must be a DynamoDB table name'],
  ['TASK_TABLE_NAME', 'a table', 'TASK_TABLE_NAME must be a DynamoDB table name'],
  ['TASK_TABLE_NAME', 'arn:Tasks', 'TASK_TABLE_NAME must be a DynamoDB table name'],
  ['TASK_TABLE_NAME', 'Tasks:a', 'TASK_TABLE_NAME must be a DynamoDB table name'],
  ['TASK_TABLE_NAME', 'ab', 'TASK_TABLE_NAME must be a DynamoDB table name: 3 to 255 of a-z'],
  ['TASK_TABLE_NAME', 'a'.repeat(256), 'TASK_TABLE_NAME must be a DynamoDB table name'],
  ['NEWEST_BY', undefined, 'NEWEST_BY must be one of sent_timestamp, timestamp'],
  ['NEWEST_BY', 'Timestamp', 'NEWEST_BY must be one of sent_timestamp, timestamp'],
  ...['', '0', '3651', '-1', '1.5', '1e2', '0x10', ' 7', '7 days', 'off', '9999'].map((days) => [
    'RETENTION_DAYS',
    days,
    'RETENTION_DAYS must be a whole number of days from 1 to 3650',
  ]),
  ['EMPTY_FIELDS', '', 'EMPTY_FIELDS must be one of keep, omit'],
  ['EMPTY_FIELDS', 'drop', 'EMPTY_FIELDS must be one of keep, omit'],
  ['RENDERING', '', 'RENDERING must be one of on, off'],
  ['RENDERING', 'true', 'RENDERING must be one of on, off'],
  ['HISTORY', 'on', 'HISTORY must be one of off, problems, all'],
  ['HISTORY_DAYS', '0', 'HISTORY_DAYS must be a whole number of days from 1 to 3650'],
  ['HISTORY_TABLE_NAME', 'a table', 'HISTORY_TABLE_NAME must be a DynamoDB table name'],
])('%s=%s is rejected', ([name = '', value, message]) => {
  expect(() => readSettings({ ...RIGHT, [name]: value })).toThrow(message);
});

test('one table for both is rejected', () => {
  expect(() => readSettings({ ...RIGHT, TASK_TABLE_NAME: 'Jobs' })).toThrow(
    'TASK_TABLE_NAME must not be the same table as JOB_TABLE_NAME',
  );
});

test.for(['abc', 'a'.repeat(255), 'A.b-c_1'])('%s is a valid table name', (name) => {
  expect(readSettings({ ...RIGHT, TASK_TABLE_NAME: name }).tables.task).toBe(name);
});

test('all problems are reported together', () => {
  expect(() => readSettings({ NEWEST_BY: 'timestamp' })).toThrow(
    'Environment variables: JOB_TABLE_NAME is missing: it must name a DynamoDB table; TASK_TABLE_NAME is missing: it must name a DynamoDB table',
  );
});

test('the function fails to load without its settings', async () => {
  await expect(loadFunction({ ...RIGHT, NEWEST_BY: 'never' })).rejects.toThrow(
    'Environment variables: NEWEST_BY must be one of',
  );
});
