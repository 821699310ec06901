import { App } from 'aws-cdk-lib';
import { configure, fromContext } from '../lib/configuration.ts';
import { DeadlineNotificationsStack } from '../lib/index.ts';
import { InvalidConfiguration } from '../src/shared/errors.ts';
import { resourceNames } from '../src/shared/resource-names.ts';

try {
  const app = new App();
  const props = fromContext(app.node.getAllContext());
  new DeadlineNotificationsStack(app, resourceNames(configure(props).prefix).name, props);
} catch (error) {
  if (!(error instanceof InvalidConfiguration)) throw error;
  console.error(error.message, 'It comes from -c, cdk.json, cdk.context.json, and ~/.cdk.json.');
  process.exitCode = 1;
}
