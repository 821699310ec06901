import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { always, behindProxy, READ, WRITE } from '../../../support/function-behind-proxy.ts';
import { type Fault, first, serviceError } from '../../../support/proxy.ts';
import { context, tasks } from '../../../support/records.ts';

const { proxy, deliver, operations } = await behindProxy();

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

const records = (count: number) => tasks(jobId, count);

describe.for([READ, WRITE])('%s', (operation) => {
  const passing: [string, Fault][] = [
    ['throttled', serviceError('ProvisionedThroughputExceededException')],
    ['throttled as a service', serviceError('ThrottlingException')],
    ['failing inside', serviceError('InternalServerError', 500)],
    ['unavailable', { status: 503, body: 'Service Unavailable' }],
    ['broken off before it arrived', { broken: true, applied: false }],
    ['answered with half an answer', { status: 200, body: '{"Responses": [{' }],
  ];

  test.for(passing)('%s: is retried within the invocation', async ([, fault]) => {
    proxy.faultOf = first(operation, fault);
    expect(await deliver(records(3))).toEqual([]);
    expect(operations()).toEqual(
      operation === READ ? [READ, READ, WRITE] : [READ, WRITE, READ, WRITE],
    );
  });

  test.for(passing)(
    '%s permanently: everything is reported in time after a few attempts, and stored when redelivered',
    async ([, fault]) => {
      proxy.faultOf = always(operation, fault);
      const batch = records(3);
      const invocation = context(2_000);
      expect(await deliver(batch, invocation)).toEqual([0, 1, 2]);
      expect(invocation.getRemainingTimeInMillis()).toBeGreaterThan(500);
      expect(operations().filter((each) => each === operation).length).toBeLessThan(25);
      proxy.reset();
      expect(await deliver(batch)).toEqual([]);
    },
  );

  test.for([
    ['without permission', 'AccessDeniedException'],
    ['of a table that is not there', 'ResourceNotFoundException'],
  ])(
    '%s: is not retried; everything is reported, and stored when redelivered',
    async ([, name = '']) => {
      proxy.faultOf = always(operation, serviceError(name));
      const batch = records(3);
      expect(await deliver(batch)).toEqual([0, 1, 2]);
      expect(operations()).toEqual(operation === READ ? [READ] : [READ, WRITE]);
      proxy.reset();
      expect(await deliver(batch)).toEqual([]);
    },
  );

  test('slower than the time left: everything is reported before the time is up', async () => {
    proxy.faultOf = always(operation, { delay: 4_000 });
    const batch = records(3);
    const invocation = context(2_000);
    expect(await deliver(batch, invocation)).toEqual([0, 1, 2]);
    expect(invocation.getRemainingTimeInMillis()).toBeGreaterThan(500);
    proxy.reset();
    expect(await deliver(batch)).toEqual([]);
  });
});

test('written, but the connection breaks before the response: the rows are found stored', async () => {
  proxy.faultOf = always(WRITE, { broken: true, applied: true });
  expect(await deliver(records(3))).toEqual([]);
  expect(operations()).toEqual([READ, WRITE, READ]);
});

test('with no time left, DynamoDB is not called, and everything is reported', async () => {
  expect(await deliver(records(3), context(900))).toEqual([0, 1, 2]);
  await setTimeout(200); // a request may be under way
  expect(proxy.calls).toEqual([]);
});
