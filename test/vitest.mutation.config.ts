import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests that take longest, which only what survives all others needs. */
const SLOW = ['faults', 'partial-faults', 'invalid', 'corpus', 'retry', 'silence'];

/** The quick files first: a mutant is done with at the first test that fails. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) =>
      SLOW.some((name) => moduleId.includes(`/${name}.`));
    return files.toSorted((a, b) => Number(isSlow(a)) - Number(isSlow(b)));
  }
}

/** What tells whether `src/` does what it should, without what is random or concerns other parts. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['src/{ingest,shared}/**/*.test.ts'],
    exclude: ['src/ingest/{convergence,fuzz}.test.ts'],
    globalSetup: './support/engine.ts',
    // One process for all files: to load the SDK anew for each takes longer than most of them.
    isolate: false,
    testTimeout: 15_000,
    hookTimeout: 15_000,
    sequence: { sequencer: QuickFirst },
  },
});
