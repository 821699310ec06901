import { expect, test } from 'vitest';
import { toItemOrOutcome } from '../../../src/ingest/ingest.ts';
import { toAttributes } from '../../../src/ingest/item/attribute-value.ts';
import * as errors from '../../../src/shared/errors.ts';

const { DeadlineNotificationsError, InvalidSettings, InvalidEvent, CannotStart } = errors;

test.for(
  Object.entries({ DeadlineNotificationsError, InvalidSettings, InvalidEvent, CannotStart }),
)('%s goes by its name, as a log shows it', ([name, ErrorClass]) => {
  expect(String(new ErrorClass('why'))).toBe(`${name}: why`);
});

test('an invalid notification names the invalid field', () => {
  const error = new errors.InvalidNotification('is wrong', ['JobDetails', 'JobID']);
  expect(String(error)).toBe('InvalidNotification: JobDetails.JobID: is wrong');
});

const fault = {
  get value(): never {
    throw new TypeError('a fault of the program');
  },
};

test('a bug is not mistaken for an invalid message', () => {
  expect(() => toAttributes({ map: fault })).toThrow(TypeError);
  expect(() => toAttributes({ list: [fault] })).toThrow(TypeError);
  const record = Object.defineProperty({}, 'body', {
    get: () => fault.value,
  });
  expect(() => toItemOrOutcome(record as never)).toThrow(TypeError);
});
