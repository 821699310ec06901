import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { shellWord } from '../../terminal/shell-word.ts';
import { type Check, type Finding, noOutput, setUpOptions } from './check.ts';
import type { Intended } from './intended.ts';
import { command, RESTORE } from './setting.ts';

/** Checks that the stack's alarms are there and notify, and that none is in alarm. */
export const checkAlarms: Check = {
  name: 'alarms',
  needs: 'cloudwatch:DescribeAlarms',
  async run(setUp) {
    const { session, stack, intended } = setUp;
    const { FunctionName, AlarmTopicArn } = stack;
    if (FunctionName === undefined) return noOutput('FunctionName');
    const { MetricAlarms: alarms = [] } = await new CloudWatchClient(session.account).send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: `${FunctionName}-`, MaxRecords: 100 }),
      { abortSignal: session.signal },
    );
    // Others may have alarms with such names, too.
    const own = alarms.filter(({ AlarmName = '' }) => AlarmName in intended.alarms);
    return {
      findings: [
        ...ringing(alarms),
        ...missing(alarms, intended, `${FunctionName}-`),
        ...changed(own, intended),
        ...silent(own, AlarmTopicArn, setUpOptions(setUp)),
      ],
      summary: `none of ${alarms.length} in alarm`,
    };
  },
};

const names = (alarms: readonly MetricAlarm[]) => alarms.map(({ AlarmName = '' }) => AlarmName);

function ringing(alarms: readonly MetricAlarm[]): Finding[] {
  const all = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  if (all.length === 0) return [];
  return [
    {
      level: 'error',
      found: `in alarm: ${names(all).join(', ')}`,
      fix: all.map((each) => `${each.AlarmName}: ${each.AlarmDescription}`).join('\n'),
    },
  ];
}

function missing(alarms: readonly MetricAlarm[], intended: Intended, prefix: string): Finding[] {
  const isKnown = intended.template.length > 0;
  const lost = Object.keys(intended.alarms).filter((name) => !names(alarms).includes(name));
  if (isKnown ? lost.length === 0 : alarms.length > 0) return [];
  return [
    {
      level: 'error',
      found: isKnown
        ? `missing: ${lost.join(', ')}`
        : `no alarms with names that start with ${prefix}`,
      otherwise: 'Nobody hears of what they watch.',
      fix: `Were they deleted by hand? ${RESTORE}`,
    },
  ];
}

/** What decides when an alarm goes off, except its metric. */
const LIMITS = [
  'Threshold',
  'ComparisonOperator',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'TreatMissingData',
] as const;

function changed(alarms: readonly MetricAlarm[], { alarms: intended }: Intended): Finding[] {
  const differences = alarms.flatMap((alarm) => {
    const { AlarmName = '' } = alarm;
    const should = intended[AlarmName] ?? {};
    const isOther = (limit: (typeof LIMITS)[number]) =>
      should[limit] !== undefined && alarm[limit] !== should[limit];
    return LIMITS.filter(isOther).map(
      (limit) => `${limit} of ${AlarmName}: ${alarm[limit]}, should be ${should[limit]}`,
    );
  });
  if (differences.length === 0) return [];
  return [
    {
      level: 'hint',
      found: differences.join('; '),
      otherwise: 'These alarms go off at another time than the stack set.',
      fix: RESTORE,
    },
  ];
}

function silent(
  alarms: readonly MetricAlarm[],
  topic: string | undefined,
  options: string,
): Finding[] {
  const off = alarms.filter(({ ActionsEnabled = true }) => !ActionsEnabled);
  const elsewhere = alarms.filter(
    ({ AlarmActions = [] }) => topic !== undefined && !AlarmActions.includes(topic),
  );
  const otherwise = 'They do not notify the topic when they go off.';
  const findings: Finding[] = [];
  if (off.length > 0) {
    findings.push({
      level: 'hint',
      found: `actions: off, should be on: ${names(off).join(', ')}`,
      otherwise,
      fix: command(
        'Turn them on:',
        `aws cloudwatch enable-alarm-actions ${options} --alarm-names ${names(off).map(shellWord).join(' ')}`,
      ),
    });
  }
  if (elsewhere.length > 0) {
    findings.push({
      level: 'hint',
      found: `actions: should include ${topic}: ${names(elsewhere).join(', ')}`,
      otherwise,
      fix: RESTORE,
    });
  }
  return findings;
}
