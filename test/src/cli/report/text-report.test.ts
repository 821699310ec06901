import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { textReport } from '../../../../src/cli/report/text-report.ts';
import { BAD_NIGHT, GOOD_NIGHT, reportOf, reports, VIEW } from '../../../support/made-up-report.ts';

const PLAIN = { isTerminal: false, width: 80, isUtf8: true, isColored: false };

describe.for(Object.entries(reports()))('%s', ([, report]) => {
  const text = textReport(report, VIEW, PLAIN);

  test('has its headline and notes, and no line wider than mail', () => {
    const lines = text.split('\n');
    expect(lines[0]).toBe(report.headline);
    for (const note of report.notes) expect(text.replaceAll('\n', ' ')).toContain(note);
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202e\u2028]|undefined|NaN|\n\n\n/u);
  });

  test.for([60, 120])('fits a terminal of %d columns', (width) => {
    const wider = textReport(report, VIEW, { ...PLAIN, width }).split('\n');
    expect(wider.filter((line) => stringWidth(line) > width)).toEqual([]);
  });
});

test('a bad night, as it is mailed', () => {
  expect(textReport(reportOf(BAD_NIGHT, GOOD_NIGHT), VIEW, PLAIN)).toMatchInlineSnapshot(`
    "9 tasks failed in 3 jobs; 1 of 2 jobs that stopped failed
    DeadlineNotifications, Nov 24 07:42 to Nov 25 07:42, times in UTC.
    No task failed in the 24 h before.
    3.2 h rendered, 28 % more (2.5 h before).
    render-035 has 7 of 9: look at the machine.

    What failed
    ✗ Nov 25 07:40  sq040_sh0310_cache_v003  Failed, fx-3, Houdini
        7 of 8 tasks failed: render-035 ×5, 2 others, one each
        00000000  1-7
        No license
    ▸ Nov 25 07:38  00000002eeeeeeeeeeeeeeee  Rendering
        1 task failed so far: render-035
        1
    ✓ Nov 25 07:39  sq020_sh0350_comp_v024  Completed, comp-1, Houdini
        1 of 2 tasks failed: render-035
        00000001  1

    In all
      figure             now  before  change
      jobs                 2       1  1 more
      completed jobs       1       1  the same
      failed jobs          1       0  none before
      failed tasks         9       0  none before
      requeued tries       7       0  none before
      rendered         3.2 h   2.5 h  28 % more
      wasted          23 min     0 h  none before
      errors               0       0  the same
      output           10 MB    2 MB  5.0 times as much

    Render time by department
      department  jobs  rendered  before  change
      fx             1     2.2 h     0 h  none before
      comp           1     1.0 h     0 h  none before
      lighting       0       0 h   2.5 h  none now

    The worst machines
      worker      failed  requeued  wasted  rendered
      render-035       7         5  17 min     8 min
      render-005       1         1   3 min     2 min
      render-006       1         1   3 min     2 min

    The longest tasks
      rendered  job                      task  frames  worker      user
       2:00:00  sq040_sh0310_cache_v003     7  8       render-001  fx-3
       1:00:00  sq020_sh0350_comp_v024      1  2       render-002  comp-1
          1:40  sq040_sh0310_cache_v003     0  1       render-035  fx-3
          1:40  sq040_sh0310_cache_v003     1  2       render-035  fx-3
          1:40  sq040_sh0310_cache_v003     2  3       render-035  fx-3
          1:40  sq040_sh0310_cache_v003     3  4       render-035  fx-3
          1:40  sq040_sh0310_cache_v003     4  5       render-035  fx-3
          1:40  sq040_sh0310_cache_v003     5  6       render-005  fx-3

    Of the 24 h before, jobs that stopped again since and failed tasks that rendered
    again are not counted.
    "
  `);
});

test('says that it is not known what a machine did that failed only in jobs that still render', () => {
  const text = textReport(reportOf(BAD_NIGHT.slice(2), []), VIEW, PLAIN);
  expect(text).toMatch(/^ {2}render-035 +1( +not known){3}$/m);
});

test('on a terminal, statuses have their color, and a good night has none', () => {
  const colored = (night: typeof BAD_NIGHT) =>
    textReport(reportOf(night, []), VIEW, { ...PLAIN, isColored: true });
  expect(colored(BAD_NIGHT)).toContain('\u001b[1m\u001b[31m✗');
  expect(colored(GOOD_NIGHT)).not.toContain('\u001b[31m');
});
