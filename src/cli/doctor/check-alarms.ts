import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { type Check, noOutput } from './check.ts';

/** Whether any of the stack's alarms rings: their names begin with the function's. */
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
        found: `there are none whose names begin with ${FunctionName}-`,
        fix: "Were they deleted by hand? CloudFormation's drift detection shows it.",
      };
    }
    if (ringing.length === 0) return { ok: true, found: `none of ${MetricAlarms.length} rings` };
    const names = ringing.map(({ AlarmName }) => AlarmName);
    return {
      ok: false,
      found: `${names.join(', ')} ${names.length === 1 ? 'rings' : 'ring'}`,
      fix: ringing.map((each) => `${each.AlarmName}: ${each.AlarmDescription}`).join('\n'),
    };
  },
};
