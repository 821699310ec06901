/** What of `src/` is measured, and how: `npm run test:mutation`. */
export default {
  mutate: [
    'src/ingest/**/*.ts', // the other rooms run in processes of their own, which a mutant does not reach
    'src/shared/*.ts',
    '!src/shared/documented-fields.ts', // types for readers of rows
  ],
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.mutation.config.ts', related: false, pool: 'forks' },
  concurrency: 2,
  // DynamoDB Local keeps the tables of each run, and threads for them, as long as it lives.
  maxTestRunnerReuse: 25,
  // What TypeScript 7 has no API for, and nothing that runs needs.
  ignorePatterns: ['tsconfig.json', '/.stryker', '/cdk.out', '/dist'],
  tempDirName: '.stryker/sandbox',
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  reporters: ['clear-text', 'html'],
  htmlReporter: { fileName: '.stryker/report.html' },
  clearTextReporter: { allowColor: false, logTests: false },
  timeoutMS: 10_000,
  thresholds: { high: 95, low: 90, break: 90 },
};
