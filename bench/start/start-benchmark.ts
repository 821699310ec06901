import { join } from 'node:path';
import { synthesize } from '../../src/local/template.ts';
import type { Report } from '../benchmarks.ts';
import { Bundle, type Ran } from '../bundle.ts';
import { summarize, summarizeRatio } from '../figure.ts';
import type { Row } from '../markdown.ts';
import { measureInRounds } from '../rounds.ts';
import { functionEnvironment } from '../stack-tables.ts';
import { startStubEndpoint } from '../stub-endpoint.ts';
import { sizesByPackage } from './bundle-sizes.ts';

export const about = `A new Node.js process loads the bundle as deployed, the bundle of a bare \`DynamoDBClient\`, or that of an empty
module. The second table shows what the bundle consists of.`;

const ROUNDS = 30;

/** Packages with a smaller share of the bundle are summed up. */
const LEAST_PERCENT = 1;

/** Measures the bundle's load time, and its size by package. */
export async function run(signal: AbortSignal): Promise<Report> {
  const entry = (name: string) => join(import.meta.dirname, name);
  await using ours = await Bundle.build();
  await using bare = await Bundle.of(entry('bare-client.ts'));
  await using empty = await Bundle.of(entry('empty-module.ts'));
  using stub = await startStubEndpoint(signal);
  const environment = await functionEnvironment(await synthesize(), stub.endpoint);

  const samples = await measureInRounds(ROUNDS, [ours, bare, empty], (bundle) => {
    signal.throwIfAborted();
    return bundle.run([], environment);
  });
  const row = (name: string, read: (ran: Ran) => number): Row => {
    const values = (bundle: Bundle) => (samples.get(bundle) as Ran[]).map(read);
    return {
      ms: name,
      'ours / bare client': summarizeRatio(values(ours), values(bare)),
      ours: summarize(values(ours)),
      'bare client': summarize(values(bare)),
      'empty module': summarize(values(empty)),
    };
  };
  return {
    blocks: [
      {
        title: 'Start of a process (ms)',
        rows: [row('import of the bundle', (ran) => ran.loadTime), row('CPU', (ran) => ran.cpu)],
      },
      { title: 'The bundle by package', rows: sizeRows(await sizesByPackage()) },
    ],
  };
}

/** Sizes in bytes and percent: the total first, and the smallest summed up last. */
export function sizeRows(sizes: readonly (readonly [name: string, bytes: number])[]): Row[] {
  const sum = (some: typeof sizes) => some.reduce((total, [, bytes]) => total + bytes, 0);
  const total = sum(sizes);
  const isSmall = ([, bytes]: (typeof sizes)[number]) => (100 * bytes) / total < LEAST_PERCENT;
  const small = sizes.filter(isSmall);
  return [
    ['all', total] as const,
    ...sizes.filter((each) => !isSmall(each)),
    [`${small.length} others`, sum(small)] as const,
  ].map(([name, bytes]) => ({ package: name, bytes, '%': (100 * bytes) / total }));
}
