import { expect, test } from 'vitest';
import type { Attributes } from '../../../../src/ingest/item/attribute-value.ts';
import { compareContents } from '../../../../src/ingest/item/content.ts';

const started = { task_type: { S: 'StartedTaskNotification' }, text: { S: 'z' } };
const stopped = { task_type: { S: 'StoppedTaskNotification' }, text: { S: 'a' } };

test('a stop is newer than a start', () => {
  expect(compareContents(stopped, started)).toBeGreaterThan(0);
  expect(compareContents(started, stopped)).toBeLessThan(0);
  expect(compareContents({ ...started, task_type: { S: 'Anything' } }, started)).toBeGreaterThan(0);
});

test('otherwise, the greater text is', () => {
  for (const [greater, less] of [
    [{ S: 'b' }, { S: 'a' }],
    [{ N: '2' }, { N: '1' }],
    [{ M: { a: { S: 'b' } } }, { M: { a: { S: 'a' } } }],
    [{ L: [{ S: 'b' }] }, { L: [{ S: 'a' }] }],
    [{ N: '9007199254740993' }, { N: '9007199254740992' }],
    [{ M: { 5: { N: '1' } } }, { L: [{ L: [{ N: '5' }, { N: '1' }] }] }],
    [{ L: [{ N: '1' }, { N: '2' }] }, { L: [{ N: '1' }, { NULL: true }] }],
  ]) {
    const rows = [greater, less].map((text) => ({ ...stopped, text }) as Attributes);
    const [a, b] = rows as [Attributes, Attributes];
    expect(compareContents(a, b)).toBeGreaterThan(0);
    expect(compareContents(b, a)).toBeLessThan(0);
  }
});

test.for<[string, Attributes, Attributes]>([
  ['whatever the order of names', { a: { N: '1' }, b: { S: '' } }, { b: { S: '' }, a: { N: '1' } }],
  [
    'at any depth',
    { m: { L: [{ M: { a: { NULL: true }, b: { BOOL: true } } }] } },
    { m: { L: [{ M: { b: { BOOL: true }, a: { NULL: true } } }] } },
  ],
  ['whatever the spelling of a number', { n: { N: '126730.0' } }, { n: { N: '12673e1' } }],
  ['of a number in a map', { n: { M: { N: { N: '0.50' } } } }, { n: { M: { N: { N: '5e-1' } } } }],
  ['whenever it expires', { expires_at: { N: '1' } }, { expires_at: { N: '2' } }],
  ['if one never does', { expires_at: { N: '1' } }, {}],
  ['whether an index lists what renders', { rendering: { S: '3' } }, {}],
  ['without its empty fields', { a: { NULL: true }, b: { L: [] }, c: { M: {} } }, {}],
  [
    'and those within',
    { m: { L: [{ M: { a: { M: { b: { NULL: true } } } } }] } },
    { m: { L: [{ M: {} }] } },
  ],
])('a row is the same notification as its item, %s', ([, row, item]) => {
  expect(compareContents({ ...stopped, ...row }, { ...stopped, ...item })).toBe(0);
});
