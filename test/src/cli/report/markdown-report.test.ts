import { describe, expect, test } from 'vitest';
import { markdownReport } from '../../../../src/cli/report/markdown-report.ts';
import { BAD_NIGHT, GOOD_NIGHT, reportOf, reports, VIEW } from '../../../support/made-up-report.ts';

/** Code of Markdown: from a run of backticks to the next of the same length. */
const CODE = /(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g;

describe.for(Object.entries(reports()))('%s', ([, report]) => {
  const text = markdownReport(report, VIEW);

  test('has headings and lists of its own, and no markup in values', () => {
    for (const line of text.replaceAll(CODE, 'x').split('\n')) {
      expect(line).toMatch(/^(#{2,3} |(?: {2})?- )?[\p{L}\p{N} .,:;%×–'()✗✓▸◫⊘-]*$/u);
    }
    expect(text).not.toMatch(/undefined|NaN|null|\n\n\n/);
  });

  test('fits a Slack message', () => {
    expect(text.length).toBeLessThan(12_000);
  });
});

test('a bad night, as it is posted', () => {
  expect(markdownReport(reportOf(BAD_NIGHT, GOOD_NIGHT), VIEW)).toMatchInlineSnapshot(`
    "## 9 tasks failed in 3 jobs; 1 of 2 jobs that stopped failed

    \`DeadlineNotifications\`, Nov 24 07:42 to Nov 25 07:42, times in UTC.

    No task failed in the 24 h before. 3.2 h rendered, 28 % more (2.5 h before). render-035 has 7 of 9: look at the machine.

    ### What failed

    - ✗ Failed: \`sq040_sh0310_cache_v003\`, \`fx-3\`, \`Houdini\` at Nov 25 07:40
      - 7 of 8 tasks failed: \`render-035\` ×5, 2 others, one each
      - \`00000000\` \`1-7\`
      - \`No license\`
    - ▸ Rendering: \`00000002eeeeeeeeeeeeeeee\` at Nov 25 07:38
      - 1 task failed so far: \`render-035\`
      - \`1\`
    - ✓ Completed: \`sq020_sh0350_comp_v024\`, \`comp-1\`, \`Houdini\` at Nov 25 07:39
      - 1 of 2 tasks failed: \`render-035\`
      - \`00000001\` \`1\`

    ### In all

    - jobs: 2, 1 more (1 before)
    - completed jobs: 1, the same (1 before)
    - failed jobs: 1, none before
    - failed tasks: 9, none before
    - requeued tries: 7, none before
    - rendered: 3.2 h, 28 % more (2.5 h before)
    - wasted: 23 min, none before
    - errors: 0, the same (0 before)
    - output: 10 MB, 5.0 times as much (2 MB before)

    ### Render time by department

    - \`fx\`: 2.2 h, 1 job, none before
    - \`comp\`: 1.0 h, 1 job, none before
    - \`lighting\`: 0 h, 0 jobs, none now (2.5 h before)

    ### The worst machines

    - \`render-035\`: 7 failed, 5 requeued, 17 min wasted, 8 min rendered
    - \`render-005\`: 1 failed, 1 requeued, 3 min wasted, 2 min rendered
    - \`render-006\`: 1 failed, 1 requeued, 3 min wasted, 2 min rendered

    ### The longest tasks

    - 2:00:00 \`sq040_sh0310_cache_v003\`, task 7, frames \`8\`, on \`render-001\`, of \`fx-3\`
    - 1:00:00 \`sq020_sh0350_comp_v024\`, task 1, frames \`2\`, on \`render-002\`, of \`comp-1\`
    - 1:40 \`sq040_sh0310_cache_v003\`, task 0, frames \`1\`, on \`render-035\`, of \`fx-3\`
    - 1:40 \`sq040_sh0310_cache_v003\`, task 1, frames \`2\`, on \`render-035\`, of \`fx-3\`
    - 1:40 \`sq040_sh0310_cache_v003\`, task 2, frames \`3\`, on \`render-035\`, of \`fx-3\`
    - 1:40 \`sq040_sh0310_cache_v003\`, task 3, frames \`4\`, on \`render-035\`, of \`fx-3\`
    - 1:40 \`sq040_sh0310_cache_v003\`, task 4, frames \`5\`, on \`render-035\`, of \`fx-3\`
    - 1:40 \`sq040_sh0310_cache_v003\`, task 5, frames \`6\`, on \`render-005\`, of \`fx-3\`

    Of the 24 h before, jobs that stopped again since and failed tasks that rendered again are not counted.
    "
  `);
});
