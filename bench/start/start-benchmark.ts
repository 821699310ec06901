import { join } from 'node:path';
import { synthesize } from '../../src/local/template.ts';
import { Bundle, type Ran } from '../bundle.ts';
import { figureOf, ratioOf } from '../figure.ts';
import { environmentOf } from '../function-environment.ts';
import type { Row, Table } from '../markdown.ts';
import { rounds } from '../rounds.ts';
import { startInstantEndpoint } from '../stub-endpoint.ts';
import { sizesByPackage } from './bundle-sizes.ts';

const ROUNDS = 30;

/** How long the function takes to load in a new process, and what its bundle is made of. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const entry = (name: string) => join(import.meta.dirname, name);
  await using ours = await Bundle.build();
  await using bare = await Bundle.of(entry('bare-client.ts'));
  await using empty = await Bundle.of(entry('empty-module.ts'));
  using instant = await startInstantEndpoint(signal);
  const environment = await environmentOf(await synthesize(), instant.endpoint);

  const samples = await rounds(ROUNDS, [ours, bare, empty], (bundle) => {
    signal.throwIfAborted();
    return bundle.run([], environment);
  });
  const row = (what: string, of: (ran: Ran) => number): Row => {
    const values = (bundle: Bundle) => (samples.get(bundle) as Ran[]).map(of);
    return {
      ms: what,
      'ours / bare client': ratioOf(values(ours), values(bare)),
      ours: figureOf(values(ours)),
      'bare client': figureOf(values(bare)),
      'empty module': figureOf(values(empty)),
    };
  };
  return [
    {
      title: 'Start of a process, ms',
      rows: [row('import of the bundle', (ran) => ran.loadTime), row('CPU', (ran) => ran.cpu)],
    },
    { title: 'The bundle by package', rows: sizeRows(await sizesByPackage()) },
  ];
}

/** What has less of the bundle is summed. */
const LEAST_PERCENT = 1;

function sizeRows(sizes: readonly (readonly [name: string, bytes: number])[]): Row[] {
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
