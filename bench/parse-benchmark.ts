import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { toAttributes } from '../src/ingest/item/attribute-value.ts';
import { toItem } from '../src/ingest/item/item.ts';
import { TaskNotification } from '../src/shared/documented-fields.ts';
import { documentedEvent } from './documented-events.ts';
import { summarize, summarizeRatio } from './figure.ts';
import type { Table } from './markdown.ts';
import { measureInRounds } from './rounds.ts';

const RECORDS = 2_000;
const ROUNDS = 25;
const WARM_UP = 5;

/** What is made of a record's body, by what it is called in the table. */
type Side = readonly [name: string, records: readonly SQSRecord[], (record: SQSRecord) => unknown];

/** How long it takes from a message's body to its item, without any request. */
export async function run(): Promise<Table[]> {
  const { Records: records } = documentedEvent(
    '5f15e68eb8274818a0570167',
    RECORDS,
    1_597_352_219_300,
  );
  const exact = records.map((record) => ({
    ...record,
    body: record.body.replace('"UsedCPUClocks":0', '"UsedCPUClocks":12345678901234567'),
  }));
  const fastPath: Side = ['fast path', records, toRow];
  const exactPath: Side = ['exact path', exact, toRow];
  const conversion: Side = [
    'JSON.parse, conversion',
    records,
    ({ body }) => toAttributes(JSON.parse(body)),
  ];
  const zod: Side = [
    'JSON.parse, zod',
    records,
    ({ body }) => z.parse(TaskNotification, JSON.parse(body)),
  ];

  const sides = [fastPath, exactPath, conversion, zod];
  const samples = await measureInRounds(WARM_UP + ROUNDS, sides, async ([, all, make]) => {
    const begin = performance.now();
    for (const record of all) make(record);
    return ((performance.now() - begin) * 1_000) / all.length;
  });
  const of = (side: Side) => samples.get(side)?.slice(WARM_UP) as number[];
  return [
    {
      title: 'From body to item, us a record',
      rows: sides.map((side) => ({
        side: side[0],
        'times JSON.parse and conversion': summarizeRatio(of(side), of(conversion)),
        'times JSON.parse and zod': summarizeRatio(of(side), of(zod)),
        us: summarize(of(side)),
      })),
    },
  ];
}

const toRow = (record: SQSRecord) => toItem(record);
