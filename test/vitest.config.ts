import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: './support/engine.ts',
    // More than cores: most tests wait, for engines, processes and answers that are late.
    maxWorkers: 4,
    // To load the SDK and the CDK anew for each file takes longer than most of them.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Machines that test are slow: a second is soon over.
    expect: { poll: { timeout: 10_000 } },
  },
});
