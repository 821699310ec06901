import { expect, test } from 'vitest';
import { tellingReason } from '../../../src/shared/telling-reason.ts';

test.for([
  "The Task '6b067e72f6ac6ffc9125246d_13' was set to Failed.",
  "The Task '6b067e72f6ac6ffc9125246d_13' was set to Queued",
  'Job was suspended',
  'Job has failed.',
  '',
  undefined,
])('%j says what the status says anyway', (reason) => {
  expect(tellingReason(reason)).toBe('');
});

test.for(['Job was killed by the watchdog', 'Out of licenses', 'The Task was set to Failed.'])(
  '%j tells',
  (reason) => {
    expect(tellingReason(reason)).toBe(reason);
  },
);
