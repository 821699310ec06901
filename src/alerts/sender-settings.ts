import * as z from 'zod/mini';
import { InvalidSettings } from '../shared/errors.ts';

/** The function's settings, from its environment. */
export interface SenderSettings {
  readonly queueUrl: string;
  readonly unsentUrl: string;
  /** The ARN of the topic of an e-mail address, up to its hash. */
  readonly emailTopicPrefix: string;
  /** Hosts that channels of the kind `slack` may have besides Slack's own. */
  readonly slackHosts: readonly string[];
}

const queueUrl = z
  .string('is missing: it must be the URL of an SQS queue')
  .check(z.refine((value) => URL.canParse(value), { error: 'must be the URL of an SQS queue' }));

const Environment = z.object({
  ALERT_QUEUE_URL: queueUrl,
  UNSENT_ALERTS_URL: queueUrl,
  EMAIL_TOPIC_PREFIX: z
    .string('is missing: it must be the beginning of the ARN of an SNS topic')
    .check(
      z.regex(
        /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]*$/,
        'must be the beginning of the ARN of an SNS topic',
      ),
    ),
  ALERT_HOSTS: z._default(z.string(), ''),
});

/** @throws InvalidSettings naming each variable that is missing or not valid */
export function readSenderSettings(environment: NodeJS.ProcessEnv): SenderSettings {
  const { success, data, error } = z.safeParse(Environment, environment, { jitless: true });
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${path.join()} ${message}`);
    throw new InvalidSettings(`Environment variables: ${problems.join('; ')}`);
  }
  return {
    queueUrl: data.ALERT_QUEUE_URL,
    unsentUrl: data.UNSENT_ALERTS_URL,
    emailTopicPrefix: data.EMAIL_TOPIC_PREFIX,
    slackHosts: data.ALERT_HOSTS.split(',').flatMap(hostName),
  };
}

/** As URLs have it: in lower case, and encoded where it is not ASCII. */
function hostName(text: string): string[] {
  if (text.trim() === '') return [];
  const url = URL.parse(`https://${text.trim()}`);
  if (url === null || url.hostname === '') {
    throw new InvalidSettings(`Environment variables: ALERT_HOSTS has ${text}, which is no host`);
  }
  return [url.hostname];
}
