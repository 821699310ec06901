import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { lacks, type Step } from './check.ts';

/** Whether any of the stack's alarms rings: their names begin with the function's. */
export const alarms: Step = {
  step: 'alarms',
  needs: 'cloudwatch:DescribeAlarms',
  async look({ session, stack: { FunctionName } }) {
    if (FunctionName === undefined) return lacks('FunctionName');
    const { MetricAlarms = [] } = await new CloudWatchClient(session.account).send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: `${FunctionName}-` }),
      { abortSignal: session.signal },
    );
    const ringing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
    if (MetricAlarms.length === 0) {
      return {
        ok: false,
        found: `there are none whose names begin with ${FunctionName}-`,
        mend: "Were they deleted by hand? CloudFormation's drift detection shows it.",
      };
    }
    if (ringing.length === 0) return { ok: true, found: `none of ${MetricAlarms.length} rings` };
    const names = ringing.map(({ AlarmName }) => AlarmName);
    return {
      ok: false,
      found: `${names.join(', ')} ${names.length === 1 ? 'rings' : 'ring'}`,
      mend: ringing.map((each) => `${each.AlarmName}: ${each.AlarmDescription}`).join('\n'),
    };
  },
};
