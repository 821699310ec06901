import { expect, test } from 'vitest';
import { CONFIGURED } from '../../support/configurations.ts';
import { synthesized, text } from '../../support/synthesized.ts';

/** All names by which AWS tells resources of a type, an account and a region apart. */
function physicalNames(prefix: string): string[] {
  const { template } = synthesized({ prefix, silenceAlarmMinutes: 30 });
  const resources: { Type: string; Properties: object }[] = Object.values(
    template.toJSON().Resources,
  );
  return resources.flatMap(({ Type, Properties }) =>
    Object.entries(Properties)
      .filter(([property, value]) => property.endsWith('Name') && !('Ref' in Object(value)))
      .map(([, name]) => `${Type} ${text(name)}`),
  );
}

test('two farms with different prefixes share no names', () => {
  const london = physicalNames('London-');
  const paris = physicalNames('Paris-');
  expect(london).toHaveLength(18);
  expect(new Set([...london, ...paris]).size).toBe(london.length + paris.length);
  const name = / (\/aws\/lambda\/)?London-Deadline(Job|Task)?Notifications(-\w+|-<AWS::Region>)?$/;
  for (const each of london) expect(each).toMatch(name);
});

test('with a prefix, metrics are published under it', () => {
  const { template, outputs } = synthesized({ prefix: CONFIGURED.prefix });
  expect(JSON.stringify(outputs().DashboardUrl)).toContain('/London-DeadlineNotifications-');
  expect(JSON.stringify(template)).not.toMatch(/"service\\?",\\?"DeadlineNotifications/);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'London-DeadlineNotifications' } },
  });
  const Dimensions = [{ Name: 'service', Value: 'London-DeadlineNotifications' }];
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'London-DeadlineNotifications-Invalid',
    Metrics: [{ MetricStat: { Metric: { Dimensions } } }],
  });
});
