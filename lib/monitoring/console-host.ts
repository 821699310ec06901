import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { placeOf } from '../stack-place.ts';

const DEFAULT_HOST = 'console.aws.amazon.com';

/**
 * The hosts of the AWS Management Console after the region, by partition (AWS General Reference, "AWS Management
 * Console endpoints"; its editions for China, GovCloud, and the European Sovereign Cloud). Those of the ISO
 * partitions are not published: the sign-in hosts in the AWS SDKs, with `console` for `signin`.
 */
const HOSTS: Readonly<Record<string, string>> = {
  aws: DEFAULT_HOST,
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
  'aws-iso': 'console.c2shome.ic.gov',
  'aws-iso-b': 'console.sc2shome.sgov.gov',
  'aws-iso-e': 'console.csphome.adc-e.uk',
  'aws-iso-f': 'console.csphome.hci.ic.gov',
};

/**
 * The console's host after the region, such as `console.aws.amazon.com`. Where the stack does not name its
 * region, conditions choose it at deployment. A mapping would be shorter, but an unknown partition would stop the
 * deployment.
 */
export function consoleHost(scope: Construct): string {
  const { partition } = placeOf(scope);
  const known = partition === undefined ? undefined : HOSTS[partition];
  if (known !== undefined) return known;
  return Object.entries(HOSTS).reduce<string>((otherwise, [name, host]) => {
    if (host === DEFAULT_HOST) return otherwise;
    const { logicalId } = new CfnCondition(scope, `Is-${name}`, {
      expression: Fn.conditionEquals(Aws.PARTITION, name),
    });
    return Fn.conditionIf(logicalId, host, otherwise).toString();
  }, DEFAULT_HOST);
}
