import { Annotations, App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS, IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { configure, fromContext, SETTINGS } from '../lib/configuration.ts';
import { DeadlineNotificationsStack } from '../lib/index.ts';
import { InvalidConfiguration } from '../src/shared/errors.ts';
import { printable } from '../src/shared/printable.ts';
import { resourceNames } from '../src/shared/resource-names.ts';

/** The flags that the CDK recommends for new apps, except one that would change the role's deployed policy. */
const FLAGS = { ...CURRENTLY_RECOMMENDED_FLAGS, [IAM_MINIMIZE_POLICIES]: false };
const FROM = 'from -c, cdk.json, cdk.context.json, and ~/.cdk.json';

try {
  const app = new App({ context: FLAGS });
  const { props, ignored } = fromContext(app.node.getAllContext());
  const name = resourceNames(configure(props).prefix).name;
  const stack = new DeadlineNotificationsStack(app, name, props);
  if (ignored.length > 0) {
    Annotations.of(stack).addWarningV2(
      'deadline-notifications:UnknownSettings',
      `Ignored, because it is no setting: ${ignored.join(', ')}. Settings are: ${SETTINGS.join(', ')}. They come ${FROM}.`,
    );
  }
} catch (error) {
  if (!(error instanceof InvalidConfiguration)) throw error;
  console.error(printable(error.message), `It comes ${FROM}.`);
  process.exitCode = 1;
}
