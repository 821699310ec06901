import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { type Check, noOutput } from './check.ts';

/** Checks that none of the stack's alarms is in alarm. Their names start with the function's name. */
export const checkAlarms: Check = {
  name: 'alarms',
  needs: 'cloudwatch:DescribeAlarms',
  async run({ session, stack: { FunctionName } }) {
    if (FunctionName === undefined) return noOutput('FunctionName');
    const { MetricAlarms = [] } = await new CloudWatchClient(session.account).send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: `${FunctionName}-` }),
      { abortSignal: session.signal },
    );
    const ringing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
    if (MetricAlarms.length === 0) {
      return {
        ok: false,
        found: `no alarms with names that start with ${FunctionName}-`,
        fix: "Were they deleted by hand? CloudFormation's drift detection shows it.",
      };
    }
    if (ringing.length === 0) return { ok: true, found: `none of ${MetricAlarms.length} in alarm` };
    const names = ringing.map(({ AlarmName }) => AlarmName);
    return {
      ok: false,
      found: `in alarm: ${names.join(', ')}`,
      fix: ringing.map((each) => `${each.AlarmName}: ${each.AlarmDescription}`).join('\n'),
    };
  },
};
