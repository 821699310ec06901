import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS, IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { configure, fromContext } from '../lib/configuration.ts';
import { DeadlineNotificationsStack } from '../lib/index.ts';
import { InvalidConfiguration } from '../src/shared/errors.ts';
import { printable } from '../src/shared/printable.ts';
import { resourceNames } from '../src/shared/resource-names.ts';

/** The flags that the CDK recommends for new apps, except one that would change the role's deployed policy. */
const FLAGS = { ...CURRENTLY_RECOMMENDED_FLAGS, [IAM_MINIMIZE_POLICIES]: false };

try {
  const app = new App({ context: FLAGS });
  const props = fromContext(app.node.getAllContext());
  new DeadlineNotificationsStack(app, resourceNames(configure(props).prefix).name, props);
} catch (error) {
  if (!(error instanceof InvalidConfiguration)) throw error;
  console.error(
    printable(error.message),
    'It comes from -c, cdk.json, cdk.context.json, and ~/.cdk.json.',
  );
  process.exitCode = 1;
}
