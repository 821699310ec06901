import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import { synthesize } from '../src/local/template.ts';
import { Bundle } from './bundle.ts';
import { documentedEvent, documentedRecord, largestEvent } from './documented-events.ts';
import { summarize, summarizeRatio } from './figure.ts';
import type { Table } from './markdown.ts';
import { measureInRounds } from './rounds.ts';
import { functionEnvironment } from './stack-tables.ts';
import { startStubEndpoint } from './stub-endpoint.ts';

const ROUNDS = 5;
const SENT = 1_600_000_000_000;

/** Peak memory of a process that loads the function and handles one event, or none. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const job = randomUUID();
  const largest = [largestEvent((taskId) => documentedRecord(job, taskId, SENT))];
  const small = [documentedEvent(job, 100, SENT)];
  const none: SQSEvent[] = [];
  await using bundle = await Bundle.build();
  using stub = await startStubEndpoint(signal);
  const environment = await functionEnvironment(await synthesize(), stub.endpoint);

  const samples = await measureInRounds(ROUNDS, [largest, small, none], async (events) => {
    signal.throwIfAborted();
    const { answers, peakMemory } = await bundle.run(events, environment);
    const failures = answers.flatMap(({ batchItemFailures }) => batchItemFailures);
    if (failures.length > 0) throw new Error(`${failures.length} records failed.`);
    return peakMemory;
  });
  const values = (events: SQSEvent[]) => samples.get(events) as number[];
  return [
    {
      title: `Peak memory of a process, MiB; 6 MB are ${largest[0]?.Records.length} records`,
      rows: [
        {
          MiB: 'resident',
          '6 MB / 100 records': summarizeRatio(values(largest), values(small)),
          '6 MB': summarize(values(largest)),
          '100 records': summarize(values(small)),
          'no event': summarize(values(none)),
        },
      ],
    },
  ];
}
