import type { Context, SQSEvent } from 'aws-lambda';
import { vi } from 'vitest';
import type { Handler } from '../../src/local/event-source.ts';

/**
 * A function as Lambda loads it: from its environment.
 *
 * @param load its module, unless it is the stack's
 */
export async function loadFunction(
  environment: Readonly<Record<string, string>>,
  load: () => Promise<{ handler: Handler }> = () => import('../../src/ingest/handler.ts'),
) {
  const stub = () => {
    vi.unstubAllEnvs(); // what a function of another test file was told, where they share a process
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  };
  stub();
  vi.resetModules();
  const { handler } = await load();
  return (event: SQSEvent, context: Context) => {
    // The SDK reads the environment when it first sends: not that of a function loaded since.
    stub();
    return handler(event, context);
  };
}
