import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import { synthesize } from '../src/local/template.ts';
import { Bundle } from './bundle.ts';
import { documentedTask, documentedTasks } from './documented-events.ts';
import { figureOf, ratioOf } from './figure.ts';
import { environmentOf } from './function-environment.ts';
import { largestEvent } from './largest-event.ts';
import type { Table } from './markdown.ts';
import { rounds } from './rounds.ts';
import { startInstantEndpoint } from './stub-endpoint.ts';

const ROUNDS = 5;
const SENT = 1_600_000_000_000;

/** The most memory that a process takes which loads the function and has one event for it, or none. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const job = randomUUID();
  const largest = [largestEvent((taskId) => documentedTask(job, taskId, SENT))];
  const small = [documentedTasks(job, 100, SENT)];
  const none: SQSEvent[] = [];
  await using bundle = await Bundle.build();
  using instant = await startInstantEndpoint(signal);
  const environment = await environmentOf(await synthesize(), instant.endpoint);

  const samples = await rounds(ROUNDS, [largest, small, none], async (events) => {
    signal.throwIfAborted();
    const { answers, peakMemory } = await bundle.run(events, environment);
    const failures = answers.flatMap(({ batchItemFailures }) => batchItemFailures);
    if (failures.length > 0) throw new Error(`${failures.length} records failed`);
    return peakMemory;
  });
  const values = (events: SQSEvent[]) => samples.get(events) as number[];
  return [
    {
      title: `Peak memory of a process, MiB; 6 MB are ${largest[0]?.Records.length} records`,
      rows: [
        {
          MiB: 'resident',
          '6 MB / 100 records': ratioOf(values(largest), values(small)),
          '6 MB': figureOf(values(largest)),
          '100 records': figureOf(values(small)),
          'no event': figureOf(values(none)),
        },
      ],
    },
  ];
}
