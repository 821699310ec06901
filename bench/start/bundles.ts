import { Stack } from 'aws-cdk-lib';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { CODE } from '../../lib/pipeline/ingester.ts';
import { Bundle } from '../bundle.ts';

/** Bundles as the stack's function is bundled, but for these properties. */
export function bundleLikeOurs(properties: NodejsFunctionProps): Promise<Bundle> {
  return Bundle.build((app) => {
    new NodejsFunction(new Stack(app, 'Start'), 'Function', { ...CODE, ...properties });
  });
}
