import { DeadlineNotificationsError, WrongUsage } from '../../../shared/errors.ts';
import { explain } from '../../explain.ts';
import type { BoardState } from '../state/board-state.ts';
import { type Answer, errorAnswer, exactJsonAnswer, jsonAnswer } from './answer.ts';
import { jobId, readHours, readJobsQuery, readNothing, readStatisticsQuery } from './api-query.ts';

/** What the API tells of. */
export type BoardAnswers = Pick<BoardState, 'farm' | 'jobs' | 'job' | 'workers' | 'statistics'>;

type Ask = (state: BoardAnswers, parameters: URLSearchParams) => Promise<Answer>;

const ASKED: ReadonlyMap<string, Ask> = new Map<string, Ask>([
  ['/api/farm', async (state, asked) => jsonAnswer(await state.farm(readHours(asked)))],
  ['/api/jobs', async (state, asked) => jsonAnswer(await state.jobs(readJobsQuery(asked)))],
  ['/api/workers', async (state, asked) => jsonAnswer(await state.workers(readHours(asked)))],
  [
    '/api/statistics',
    async (state, asked) => exactJsonAnswer(await state.statistics(readStatisticsQuery(asked))),
  ],
]);

const JOB = '/api/jobs/';

/**
 * Answers a request for data: the state as JSON, or what is wrong.
 *
 * @param path as it was sent: a job's id in it is escaped
 */
export async function answerApi(
  state: BoardAnswers,
  path: string,
  parameters: URLSearchParams,
): Promise<Answer> {
  try {
    const ask = ASKED.get(path);
    if (ask) return await ask(state, parameters);
    if (!path.startsWith(JOB)) return errorAnswer(404, `There is no ${path}.`);
    readNothing(parameters);
    const id = readId(path.slice(JOB.length));
    const job = await state.job(id);
    return job ? jsonAnswer(job) : errorAnswer(404, `Nothing is stored of the job ${id}.`);
  } catch (error) {
    if (error instanceof WrongUsage) return errorAnswer(400, error.message);
    return errorAnswer(500, sentence(error));
  }
}

function readId(text: string): string {
  if (text !== '' && !text.includes('/') && isEscaped(text)) return jobId(decodeURIComponent(text));
  throw new WrongUsage(`A job's page is ${JOB}<id>, with the id escaped as in a URL.`);
}

function isEscaped(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}

function sentence(error: unknown): string {
  const known = explain(error)?.message;
  if (known !== undefined) return known;
  return error instanceof DeadlineNotificationsError ? error.message : `The board failed: ${error}`;
}
