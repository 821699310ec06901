import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { invokeUntilStored } from '../../../bench/handler/invoke-until-stored.ts';
import type { Handler } from '../../../src/local/event-source.ts';
import { event, record, task } from '../../support/records.ts';

const three = event(...[0, 1, 2].map((id) => record(task('job', id))));
const ids = three.Records.map(({ messageId }) => messageId);

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Notes the records of each delivery, and answers as told, or with success. */
function handlerThat(...answers: (string[] | Error)[]) {
  const deliveries: string[][] = [];
  const handler: Handler = async ({ Records }) => {
    deliveries.push(Records.map(({ messageId }) => messageId));
    const answer = answers.shift() ?? [];
    if (answer instanceof Error) throw answer;
    return { batchItemFailures: answer.map((itemIdentifier) => ({ itemIdentifier })) };
  };
  return { handler, deliveries };
}

test('only reported records are redelivered', async () => {
  const { handler, deliveries } = handlerThat(ids.slice(1), ids.slice(2));
  await invokeUntilStored(handler, three);
  expect(deliveries).toEqual([ids, ids.slice(1), ids.slice(2)]);
});

test('all records of a failed invocation are redelivered', async () => {
  const { handler, deliveries } = handlerThat(new Error('broken connection'));
  await invokeUntilStored(handler, three);
  expect(deliveries).toEqual([ids, ids]);
});

test('records that fail every time are an error after the third delivery', async () => {
  const { handler, deliveries } = handlerThat(ids, ids.slice(1), ids.slice(1), ids.slice(1));
  await expect(invokeUntilStored(handler, three)).rejects.toThrow('2 records failed every time.');
  expect(deliveries).toHaveLength(3);
});
