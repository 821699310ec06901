import { App, CfnCondition, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { consoleHost } from '../../../lib/monitoring/console-host.ts';

const PARTITIONS = [
  ['aws', 'eu-west-2', 'console.aws.amazon.com'],
  ['aws-cn', 'cn-northwest-1', 'console.amazonaws.cn'],
  ['aws-us-gov', 'us-gov-east-1', 'console.amazonaws-us-gov.com'],
  ['aws-eusc', 'eusc-de-east-1', 'console.amazonaws-eusc.eu'],
  ['aws-iso', 'us-iso-east-1', 'console.c2shome.ic.gov'],
  ['aws-iso-b', 'us-isob-east-1', 'console.sc2shome.sgov.gov'],
  ['aws-iso-e', 'eu-isoe-west-1', 'console.csphome.adc-e.uk'],
  ['aws-iso-f', 'us-isof-south-1', 'console.csphome.hci.ic.gov'],
] as const;

/** A host as the template has it, with the conditions that it needs. */
function hostIn(region?: string) {
  const stack = new Stack(new App(), 'Farm', region ? { env: { region } } : {});
  const host: unknown = stack.resolve(consoleHost(stack));
  const conditions = stack.node.findAll().filter((each) => each instanceof CfnCondition);
  const equals = conditions.map((each) => [
    stack.resolve(each.logicalId),
    stack.resolve(each.expression)['Fn::Equals'],
  ]);
  return { host, conditions: Object.fromEntries(equals) };
}

/** What a host is once it is deployed. */
function deployed({ host, conditions }: ReturnType<typeof hostIn>, partition: string): unknown {
  const [id, yes, no] = (host as { 'Fn::If'?: [string, ...unknown[]] })['Fn::If'] ?? [];
  if (id === undefined) return host;
  const [is, name] = conditions[id];
  expect(is).toEqual({ Ref: 'AWS::Partition' });
  return deployed({ host: name === partition ? yes : no, conditions }, partition);
}

test.for(PARTITIONS)('the console of %s, in %s, is at %s', ([partition, region, host]) => {
  expect(deployed(hostIn(), partition)).toBe(host);
  expect(hostIn(region)).toEqual({ host, conditions: {} });
});

describe('what comes later does not stop a deployment:', () => {
  test('a region', () => {
    expect(deployed(hostIn('cn-later-1'), 'aws-cn')).toBe('console.amazonaws.cn');
  });

  test('a partition', () => {
    expect(deployed(hostIn('xx-later-1'), 'aws-later')).toBe('console.aws.amazon.com');
  });
});
