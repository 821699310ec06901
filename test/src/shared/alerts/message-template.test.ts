import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MESSAGE_FIELDS,
  parseTemplate,
  templateText,
} from '../../../../src/shared/alerts/message-template.ts';

test('texts, fields, and braces', () => {
  expect(parseTemplate('{name} is done: {{{tasks}}} tasks')).toEqual([
    { field: 'name' },
    ' is done: ',
    '{',
    { field: 'tasks' },
    '}',
    ' tasks',
  ]);
});

test.for([
  ['', 'is empty'],
  [' \n', 'is empty'],
  ['{', 'has a { without its other half: write {{ for a brace'],
  ['a } b', 'has a } without its other half: write }} for a brace'],
  ['{name', 'has a { without its other half'],
  ['{na{me}', 'has a { without its other half'],
  ['{}', 'has {}, which is no field'],
  ['{Name}', 'has {Name}, which is no field (did you mean name?)'],
  ['{0}', 'has {0}, which is no field (known: alert, transition, name, '],
])('%j %s', ([text = '', problem]) => {
  expect(parseTemplate(text)).toEqual({ problem: expect.stringContaining(problem as string) });
});

test('property: written out, a template is what it was', () => {
  const part = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom(...MESSAGE_FIELDS).map((field) => ({ field })),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), (parts) => {
      const written = parts
        .map((each) =>
          typeof each === 'string'
            ? each.replaceAll('{', '{{').replaceAll('}', '}}')
            : `{${each.field}}`,
        )
        .join('');
      const parsed = parseTemplate(written);
      if (written.trim() === '') return;
      const flat = (all: readonly (string | { field: string })[]) =>
        all.map((each) => (typeof each === 'string' ? each : `\0${each.field}\0`)).join('');
      expect('problem' in parsed ? parsed : flat(parsed)).toBe(flat(parts));
      expect('problem' in parsed ? parsed : templateText(parsed)).toBe(written);
    }),
  );
});
