import type { RequestListener } from 'node:http';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { requestTimeouts } from '../../../../src/cli/aws/client-settings.ts';
import { LOCAL } from '../../../../src/local/engines/environment.ts';
import { queueLength } from '../../../../src/shared/sqs-queue.ts';
import { answering } from '../../../support/answering.ts';

test.for<[string, RequestListener]>([
  ['accepts a request and never answers', () => undefined],
  [
    'stops in the middle of an answer',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      response.write('{"Attributes":');
    },
  ],
])('an endpoint that %s does not hold a command', async ([, listener]) => {
  using silent = await answering(listener);
  const { endpoint } = silent;
  const requestHandler = requestTimeouts(100);
  const sqs = new SQSClient({ ...LOCAL, endpoint, requestHandler, maxAttempts: 2 });
  await expect(queueLength(sqs, `${endpoint}/000000000000/Queue`)).rejects.toThrow(/time/i);
});
