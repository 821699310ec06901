import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { vi } from 'vitest';

type Handler<Event, Answer> = (event: Event, context: Context) => Promise<Answer>;
const ingester = () => import('../../src/ingest/handler.ts');

/**
 * A function as Lambda loads it: from its environment.
 *
 * @param load its module, unless it is the stack's
 */
export async function loadFunction<Event = SQSEvent, Answer = SQSBatchResponse>(
  environment: Readonly<Record<string, string>>,
  load: () => Promise<{ handler: Handler<Event, Answer> }> = ingester as never,
): Promise<Handler<Event, Answer>> {
  const stub = () => {
    vi.unstubAllEnvs(); // what a function of another test file was told, where they share a process
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  };
  stub();
  vi.resetModules();
  const { handler } = await load();
  return (event, context) => {
    // The SDK reads the environment when it first sends: not that of a function loaded since.
    stub();
    return handler(event, context);
  };
}
