import { expect, test } from 'vitest';
import { markup } from '../../../../src/cli/report/markup.ts';
import { HOSTILE } from '../../../support/made-up-report.ts';

test('values are text, in tags and in attributes, and what is HTML stays', () => {
  const inner = markup`<b>${'<i>'}</b>`;
  expect(markup`<p title="${'"&\''}">${[inner, ' ', 3]}</p>`.text).toBe(
    '<p title="&quot;&amp;&#39;"><b>&lt;i&gt;</b> 3</p>',
  );
});

test.for(HOSTILE)('%j has no tag, no line end, and nothing that is not seen', (name) => {
  const { text } = markup`${name}`;
  expect(text).not.toMatch(/[<>"'\p{Cc}\p{Cs}\u202e\u2028]/u);
});
