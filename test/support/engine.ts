import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize, type Template } from '../../src/local/template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamoDbEndpoint: string;
    template: Template;
    /** With the setting `rendering` on. */
    renderingTemplate: Template;
    /** With the setting `history` at `all`. */
    historyTemplate: Template;
    /** With an alert of problems. */
    alertsTemplate: Template;
  }
}

/**
 * One DynamoDB Local for all test files: each has credentials of its own, and so its own tables. They
 * are made of templates that are synthesized once, as to load the CDK takes a second.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const ending = new AbortController();
  const starting = startDynamoDbLocal({
    port: 0,
    shared: false,
    signal: AbortSignal.any([ending.signal, AbortSignal.timeout(60_000)]),
  });
  const stop = async () => (await starting)[Symbol.asyncDispose]();
  // Ended by a signal, such as that of `timeout`, or left by the process that it works for, a runner does
  // not tear down; and Ctrl-C does not reach the engine.
  for (const end of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
    process.once(end, () => {
      ending.abort(); // it may be starting
      stop()
        .catch(() => undefined)
        .finally(() => process.exit(1));
    });
  }
  const [{ endpoint }] = await Promise.all([starting, provideTemplates(project)]);
  project.provide('dynamoDbEndpoint', endpoint);
  return stop;
}

async function provideTemplates(project: TestProject): Promise<void> {
  project.provide('template', await synthesize());
  project.provide('renderingTemplate', await synthesize({ rendering: 'on' }));
  project.provide('historyTemplate', await synthesize({ history: 'all' }));
  project.provide(
    'alertsTemplate',
    await synthesize({ alerts: [{ name: 'failures', when: 'job-failed', to: 'log' }] }),
  );
}
