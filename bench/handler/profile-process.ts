import { randomUUID } from 'node:crypto';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import type { SQSEvent } from 'aws-lambda';
import { handler } from '../../src/ingest/handler.ts';
import { documentedEvent } from '../documented-events.ts';
import { invokeUntilStored } from './invoke-until-stored.ts';
import type { CpuShare } from './measure.ts';

const BATCH_SIZE = 1_000;
const WARM_UP = 10;
const EVENTS = 20;
/** The interval between two samples of the profiler, in us. */
const INTERVAL = 200;

/** The parts of the function, by the path or V8 name of their code. The first match counts. */
const PARTS: readonly (readonly [part: string, path: RegExp])[] = [
  ['garbage collector', /^\(garbage collector\)$/],
  ['AWS SDK: writing and reading JSON', /\/(dynamodb-codec|protocols|schema|serde)\//],
  ['AWS SDK: signing', /\/(signature-v4|httpAuthSchemes|checksum)\/|internal\/crypto/],
  ['AWS SDK: the rest of a request', /node_modules\/(@aws-sdk|@smithy)\//],
  ['log and metrics', /node_modules\/@aws-lambda-powertools\//],
  [
    'ours: from body to item, with zod',
    /\/src\/(ingest\/(parse|item)|shared)\/|node_modules\/zod\//,
  ],
  ['ours: everything else', /\/src\//],
  ['Node.js: HTTP, sockets, promises', /^node:/],
];

await invokeAll(createEvents(WARM_UP));
const events = createEvents(EVENTS);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
await session.post('Profiler.start');
await invokeAll(events);
const { profile } = await session.post('Profiler.stop');
for (const share of cpuShares(profile)) process.send?.(share);
process.disconnect();

function createEvents(count: number): SQSEvent[] {
  return Array.from({ length: count }, () => documentedEvent(randomUUID(), BATCH_SIZE, 0));
}

async function invokeAll(all: readonly SQSEvent[]): Promise<void> {
  for (const event of all) await invokeUntilStored(handler, event);
}

function cpuShares({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): CpuShare[] {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** V8 built-ins count toward their caller. */
  const findPart = (node: Profiler.ProfileNode | undefined): string => {
    if (node === undefined) return 'V8';
    const { url, functionName } = node.callFrame;
    const [part] = PARTS.find(([, path]) => path.test(url || functionName)) ?? [];
    return part ?? findPart(parents.get(node.id));
  };

  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const node = byId.get(id);
    if (node?.callFrame.functionName === '(idle)') return;
    const part = findPart(node);
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  });
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([part, time]) => ({ part, percent: (100 * time) / total }))
    .sort((a, b) => b.percent - a.percent);
}
