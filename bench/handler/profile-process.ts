import { randomUUID } from 'node:crypto';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import type { SQSEvent } from 'aws-lambda';
import { handler } from '../../src/ingest/handler.ts';
import { documentedTasks } from '../documented-events.ts';
import { stored } from './invoke-until-stored.ts';

/** How much of the function's CPU something takes. */
export interface Share {
  readonly part: string;
  readonly percent: number;
}

const BATCH = 1_000;
const WARM_UP = 10;
const EVENTS = 20;
/** Of the profiler, in us. */
const INTERVAL = 200;

process.once('message', async () => {
  await invoke(events(WARM_UP));
  const profiled = events(EVENTS);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.post('Profiler.start');
  await invoke(profiled);
  const { profile } = await session.post('Profiler.stop');
  for (const share of sharesOf(profile)) process.send?.(share);
  process.disconnect();
});

function events(count: number): SQSEvent[] {
  return Array.from({ length: count }, () => documentedTasks(randomUUID(), BATCH, 0));
}

async function invoke(all: readonly SQSEvent[]): Promise<void> {
  for (const event of all) await stored(handler, event);
}

/** What the parts of the function are, by where their code is; the first that fits. */
const PARTS: readonly (readonly [part: string, where: RegExp])[] = [
  ['garbage collector', /^\(garbage collector\)$/],
  ['AWS SDK: writing and reading JSON', /\/(dynamodb-codec|protocols|schema|serde)\//],
  ['AWS SDK: signing', /\/(signature-v4|httpAuthSchemes|checksum)\/|internal\/crypto/],
  ['AWS SDK: the rest of a request', /node_modules\/(@aws-sdk|@smithy)\//],
  ['log and metrics', /node_modules\/@aws-lambda-powertools\//],
  [
    'ours: from body to item, with zod',
    /\/src\/(ingest\/(parse|item)|shared)\/|node_modules\/zod\//,
  ],
  ['ours: all else', /\/src\//],
  ['Node.js: HTTP, sockets, promises', /^node:/],
];

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Share[] {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** What is built into V8 belongs to what has called it. */
  const partOf = (node: Profiler.ProfileNode | undefined): string => {
    if (node === undefined) return 'V8';
    const { url, functionName } = node.callFrame;
    const [part] = PARTS.find(([, where]) => where.test(url || functionName)) ?? [];
    return part ?? partOf(parents.get(node.id));
  };

  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const node = byId.get(id);
    if (node?.callFrame.functionName === '(idle)') return;
    const part = partOf(node);
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  });
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([part, time]) => ({ part, percent: (100 * time) / total }))
    .sort((a, b) => b.percent - a.percent);
}
