import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import { synthesize } from '../src/local/template.ts';
import type { Report } from './benchmarks.ts';
import { Bundle } from './bundle.ts';
import { documentedEvent, documentedRecord, largestEvent } from './documented-events.ts';
import { summarize, summarizeRatio } from './figure.ts';
import { measureInRounds } from './rounds.ts';
import { functionEnvironment } from './stack-tables.ts';
import { startStubEndpoint } from './stub-endpoint.ts';

export const about = `A new process loads the bundle and handles one event: the largest that Lambda accepts (6 MB), one of 100 records, or
none. A stub of DynamoDB answers every request immediately.`;

const ROUNDS = 5;
const SENT = 1_600_000_000_000;

/** Measures the peak memory of a process that loads the bundle and handles one event, or none. */
export async function run(signal: AbortSignal): Promise<Report> {
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
  const records = largest[0]?.Records.length ?? 0;
  return {
    blocks: [
      {
        title: `Peak memory of a process (MiB); 6 MB are ${records.toLocaleString('en-US')} records`,
        rows: [
          {
            '6 MB / 100 records': summarizeRatio(values(largest), values(small)),
            '6 MB': summarize(values(largest)),
            '100 records': summarize(values(small)),
            'no event': summarize(values(none)),
          },
        ],
      },
    ],
  };
}
