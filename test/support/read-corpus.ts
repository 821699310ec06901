import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SQSRecord } from 'aws-lambda';
import { record } from './records.ts';
import type { RawItem } from './test-tables.ts';

/** The first line of a file in `test/corpus`, whose README says what each field means. */
type Header = Expected & {
  readonly sentTimestamp?: string | null;
  readonly with?: Readonly<Record<string, string | readonly [text: string, times: number]>>;
};

type Expected =
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'stored'; readonly row: RawItem };

/** A message that is odd in one way, and what is to become of it. */
export interface Case {
  readonly name: string;
  /** Of this run alone: no other case has the row. */
  readonly jobId: string;
  readonly record: SQSRecord;
  readonly expected: Expected;
}

const FOLDER = join(import.meta.dirname, '../corpus');

export async function readCorpus(): Promise<Case[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.txt')).sort();
  return Promise.all(files.map(readCase));
}

async function readCase(file: string): Promise<Case> {
  const text = await readFile(join(FOLDER, file), 'utf8');
  const end = text.indexOf('\n');
  const header: Header = JSON.parse(text.slice(0, end));
  const jobId = randomUUID();
  const placeholders = Object.entries({ ...header.with, $JOB: jobId }).map(
    ([name, value]) => [name, repeated(value)] as const,
  );
  const filled = (from: string, written = (to: string) => to) =>
    placeholders.reduce((all, [name, to]) => all.replaceAll(name, () => written(to)), from);

  const received = record(
    filled(text.slice(end + 1).replace(/\n$/, '')),
    header.sentTimestamp ?? undefined,
  );
  if (header.sentTimestamp === null) {
    delete (received.attributes as { SentTimestamp?: string }).SentTimestamp;
  }
  const inJson = (to: string) => JSON.stringify(to).slice(1, -1);
  const expected: Expected =
    header.outcome === 'refused'
      ? header
      : { outcome: 'stored', row: JSON.parse(filled(JSON.stringify(header.row), inJson)) };
  return { name: file.replace(/\.txt$/, ''), jobId, record: received, expected };
}

function repeated(value: string | readonly [text: string, times: number]): string {
  if (typeof value === 'string') return value;
  const [text, times] = value;
  return Array.from({ length: times }, (_, index) => text.replaceAll('#', String(index))).join('');
}
