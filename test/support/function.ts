import { vi } from 'vitest';

/** The function as Lambda loads it: from its environment. */
export async function loadFunction(environment: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  const { handler } = await import('../../src/handler.ts');
  return handler;
}
