import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { shellWord } from '../../terminal/shell-word.ts';
import { type Check, noOutput, setUpOptions } from './check.ts';
import { command } from './setting.ts';

/** Checks that someone hears of alarms. */
export const checkAlarmTopic: Check = {
  name: 'alarm topic',
  needs: 'sns:GetTopicAttributes on it',
  async run(setUp) {
    const { session, stack } = setUp;
    const { AlarmTopicArn: TopicArn } = stack;
    if (TopicArn === undefined) return noOutput('AlarmTopicArn');
    const { Attributes = {} } = await new SNSClient(session.account).send(
      new GetTopicAttributesCommand({ TopicArn }),
      { abortSignal: session.signal },
    );
    const confirmed = Number(Attributes.SubscriptionsConfirmed ?? 0);
    const pending = Number(Attributes.SubscriptionsPending ?? 0);
    const summary = `${confirmed} confirmed ${confirmed === 1 ? 'subscription' : 'subscriptions'}`;
    if (confirmed > 0) return { findings: [], summary };
    const subscribe =
      `aws sns subscribe ${setUpOptions(setUp)} --topic-arn ${shellWord(TopicArn)}` +
      " --protocol email --notification-endpoint '<address>'";
    const finding = {
      level: 'hint',
      found: `subscriptions: ${pending > 0 ? `none confirmed, ${pending} pending` : 'none'}, should be at least one`,
      otherwise: 'Nobody hears of alarms.',
      fix:
        (pending > 0 ? 'Follow the link in the e-mail from AWS. If it is lost, ' : 'To be told, ') +
        command('subscribe, then follow the link in the e-mail:', subscribe),
    } as const;
    return { findings: [finding], summary };
  },
};
