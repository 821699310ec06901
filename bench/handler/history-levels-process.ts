import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import type { Handler } from '../../src/local/event-source.ts';
import { HISTORY, type HistoryLevel } from '../../src/shared/setting-values.ts';
import { documentedEvent } from '../documented-events.ts';
import { measureInRounds } from '../rounds.ts';
import type { LevelSample, LevelTask } from './history-levels.ts';
import { invokeUntilStored } from './invoke-until-stored.ts';

const ROUNDS = 15;
const BATCH = 500;
const EVENTS = 8;
/** One task in so many failed: the share of problems in a made-up night. */
const FAILED_EVERY = 20;
const SENT = 1_600_000_000_000;

process.once('message', async ({ task }: { task: LevelTask }) => {
  const handlers = new Map<HistoryLevel, Handler>();
  for (const level of HISTORY) {
    const environment = Object.entries(task.environments[level]);
    for (const name of Object.keys(process.env))
      if (/^HISTORY/.test(name)) delete process.env[name];
    Object.assign(process.env, Object.fromEntries(environment));
    // Each is a module of its own, as it reads the environment when it is loaded.
    const { handler } = await import(`../../src/ingest/handler.ts?history=${level}`);
    handlers.set(level, handler);
  }
  const invoke = (level: HistoryLevel) => measure(handlers.get(level) as Handler);
  for (const level of HISTORY) await invoke(level);
  for (const [level, cpus] of await measureInRounds(ROUNDS, HISTORY, invoke)) {
    for (const cpu of cpus) process.send?.({ level, cpu } satisfies LevelSample);
  }
  process.disconnect();
});

/** CPU time per record, in us. */
async function measure(handler: Handler): Promise<number> {
  const events = Array.from({ length: EVENTS }, someFailed);
  globalThis.gc?.(); // collects the garbage of earlier measurements
  const before = process.cpuUsage();
  for (const event of events) await invokeUntilStored(handler, event);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (EVENTS * BATCH);
}

function someFailed(): SQSEvent {
  const { Records } = documentedEvent(randomUUID(), BATCH, SENT);
  return {
    Records: Records.map((record, index) =>
      index % FAILED_EVERY === 0
        ? { ...record, body: record.body.replaceAll('Completed"', 'Failed"') }
        : record,
    ),
  };
}
