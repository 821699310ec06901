import { expect, test } from 'vitest';
import {
  type Gathered,
  withFirstPage,
  withNextPage,
} from '../../../../../../src/cli/board/page/jobs/job-pages.ts';
import { jobsOfNight, MORNING, stoppedAt } from '../../../../../support/board-answers.ts';

const SPAN = '/api/jobs?since=1';

/** A page of jobs, by the minute before the morning at which each stopped. */
const page = (jobs: Readonly<Record<string, number>>, after: string | null = null) => ({
  ...jobsOfNight(
    Object.entries(jobs).map(([job, minute]) =>
      stoppedAt('07:00', { job, stopped: MORNING - minute * 60_000 }),
    ),
  ),
  after,
});

const idsOf = ({ jobs }: Gathered) => [...jobs.keys()].sort().join(' ');

function readWhole() {
  const begun = withFirstPage(undefined, SPAN, page({ d: 4, c: 5 }, 'c'), 0);
  expect(begun).toMatchObject({ after: 'c', isWhole: false });
  return withNextPage(begun, page({ b: 6, a: 7 }));
}

test('pages make up the whole', () => {
  const all = readWhole();
  expect(idsOf(all)).toBe('a b c d');
  expect(all).toMatchObject({ after: null, isWhole: true });
});

test('the first page read anew keeps older jobs, and has the newest of each', () => {
  const again = withFirstPage(readWhole(), SPAN, page({ a: 1, d: 4 }, 'd'), 1000);
  expect(idsOf(again)).toBe('a b c d');
  expect(again.jobs.get('a')?.stopped).toBe(MORNING - 60_000);
  expect(again).toMatchObject({ after: null, isWhole: true });
  // A page that was asked for before has it still where it was.
  const late = withNextPage(again, page({ b: 6, a: 7 }));
  expect(late.jobs.get('a')?.stopped).toBe(MORNING - 60_000);
});

test('what came between two answers is read, if the first page does not reach what is known', () => {
  const gap = withFirstPage(readWhole(), SPAN, page({ h: 0, g: 1 }, 'g'), 1000);
  expect(gap).toMatchObject({ after: 'g', isWhole: false });
  expect(idsOf(withNextPage(gap, page({ f: 2, e: 3 }, 'e')))).toBe('a b c d e f g h');
});

test('older pages are read again now and then, and what is there stays', () => {
  const again = withFirstPage(readWhole(), SPAN, page({ d: 4, c: 5 }, 'c'), 60_000);
  expect(again).toMatchObject({ after: 'c', isWhole: true });
  expect(idsOf(again)).toBe('a b c d');
});

test('a page that is all has what there is, and another span begins anew', () => {
  expect(idsOf(withFirstPage(readWhole(), SPAN, page({ e: 1 }), 1000))).toBe('e');
  const other = withFirstPage(readWhole(), '/api/jobs?since=2', page({ d: 4 }, 'd'), 1000);
  expect(idsOf(other)).toBe('d');
});
