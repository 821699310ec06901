import { afterAll } from 'vitest';
import { Bundle } from '../../bench/bundle.ts';

/** What `cdk deploy` uploads, until the test file ends. */
export async function buildBundle(): Promise<Bundle> {
  const bundle = await Bundle.build();
  afterAll(() => bundle[Symbol.asyncDispose]());
  return bundle;
}
