import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { toAttributes } from '../src/ingest/item/attribute-value.ts';
import { toItem } from '../src/ingest/item/item.ts';
import { TaskNotification } from '../src/shared/documented-fields.ts';
import type { Report } from './benchmarks.ts';
import { documentedEvent } from './documented-events.ts';
import { summarize, summarizeRatio } from './figure.ts';
import { measureInRounds } from './rounds.ts';

export const about = `From the body of a message to its DynamoDB item, without requests:

- **fast path**: the function, with the documented notification of a task
- **exact path**: the function, with a number that may not fit a JavaScript number: one of 16 characters or more, or
  with an exponent ([json.ts](../src/ingest/parse/json.ts))
- **JSON.parse, conversion**: only the conversion, without checks
- **JSON.parse, zod**: validation of all documented fields, without an item

Beyond the conversion, the function checks the item against DynamoDB's limits, validates the fields that identify
its row, and searches the text for numbers that need the exact path.`;

const RECORDS = 2_000;
const ROUNDS = 25;
const WARM_UP = 5;

/** A function to measure, with its records. */
interface Implementation {
  readonly name: string;
  readonly records: readonly SQSRecord[];
  readonly convert: (record: SQSRecord) => unknown;
}

/** Measures the time per record, from a message's body to its item. */
export async function run(): Promise<Report> {
  const { Records: records } = documentedEvent(
    '5f15e68eb8274818a0570167',
    RECORDS,
    1_597_352_219_300,
  );
  const exact = records.map((record) => ({
    ...record,
    body: record.body.replace('"UsedCPUClocks":0', '"UsedCPUClocks":12345678901234567'),
  }));
  const convert = (record: SQSRecord) => toItem(record);
  const conversion: Implementation = {
    name: 'JSON.parse, conversion',
    records,
    convert: ({ body }) => toAttributes(JSON.parse(body)),
  };
  const zod: Implementation = {
    name: 'JSON.parse, zod',
    records,
    convert: ({ body }) => z.parse(TaskNotification, JSON.parse(body)),
  };
  const implementations: Implementation[] = [
    { name: 'fast path', records, convert },
    { name: 'exact path', records: exact, convert },
    conversion,
    zod,
  ];

  const samples = await measureInRounds(
    WARM_UP + ROUNDS,
    implementations,
    async ({ records, convert }) => {
      const begin = performance.now();
      for (const record of records) convert(record);
      return ((performance.now() - begin) * 1_000) / records.length;
    },
  );
  const values = (each: Implementation) => samples.get(each)?.slice(WARM_UP) as number[];
  return {
    blocks: [
      {
        title: 'Time per record (us)',
        rows: implementations.map((each) => ({
          implementation: each.name,
          'times JSON.parse and conversion': summarizeRatio(values(each), values(conversion)),
          'times JSON.parse and zod': summarizeRatio(values(each), values(zod)),
          us: summarize(values(each)),
        })),
      },
    ],
  };
}
