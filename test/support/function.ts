import { vi } from 'vitest';
import { context, event, record, task } from './records.ts';

/** The function as Lambda loads it: from its environment. */
export async function loadFunction(environment: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  const { handler } = await import('../../src/handler.ts');
  // The SDK reads the environment when it first sends: before it is stubbed for another function.
  await handler(event(record(task('warm-up', 0))), context());
  return handler;
}
