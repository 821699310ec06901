import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { alertsOf, channelsOf } from './alerts/alert-setting.ts';
import { type Configuration, invalid } from './configuration.ts';

/** A place of AWS. Each part may be a token, and a partition is `undefined` if the CDK does not know the region. */
interface Place {
  readonly partition: string | undefined;
  readonly region: string;
  readonly account: string;
}

/** Where a construct's stack is deployed. The partition is `undefined` also where the region is a token. */
export function placeOf(scope: Construct): Place {
  const { account, region } = Stack.of(scope);
  const partition = Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
  return { partition, region, account };
}

/**
 * Compares the ARNs of the configuration with the stack's place, as far as both are known at synthesis. Lambda
 * reads only queues of its region, SQS and Systems Manager use only keys of their region, and `PutEvents` reaches only
 * buses of its region; a key or a bus may be another account's, and a topic also another region's.
 *
 * @throws InvalidConfiguration naming each setting that is elsewhere
 */
export function refuseElsewhere(configuration: Configuration, stack: Place): void {
  const { existingQueueArn, kmsKeyArn, eventBus, alerts, alertsKeyArn } = configuration;
  const problems = [
    ...elsewhere('existingQueueArn', existingQueueArn, stack, ['partition', 'region', 'account']),
    ...elsewhere('kmsKeyArn', kmsKeyArn, stack, ['partition', 'region']),
    ...elsewhere('eventBus', eventBus, stack, ['partition', 'region']),
    ...elsewhere('alertsKeyArn', alertsKeyArn, stack, ['partition', 'region']),
    ...channelsOf(alertsOf(alerts), 'sns').flatMap(({ text, topicArn }) =>
      elsewhere(`alerts: to: ${text}`, topicArn, stack, ['partition']),
    ),
  ];
  if (problems.length > 0) throw invalid(problems);
}

function elsewhere(
  name: string,
  arn: string | undefined,
  stack: Place,
  parts: readonly (keyof Place)[],
): string[] {
  const [, partition, , region, account] = (arn ?? '').split(':');
  const found = { partition, region, account };
  return parts
    .filter((part) => isKnown(found[part]) && isKnown(stack[part]) && found[part] !== stack[part])
    .map((part) => `${name} must be in ${part} ${stack[part]} like the stack, not ${found[part]}`);
}

function isKnown(part: string | undefined): boolean {
  return part !== undefined && !Token.isUnresolved(part);
}
