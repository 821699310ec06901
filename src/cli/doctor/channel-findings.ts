import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Finding } from './check.ts';
import { command, RESTORE, wrong } from './setting.ts';

/** A subscription of an address to its topic, as SNS lists it. */
export interface Subscription {
  readonly Protocol?: string | undefined;
  readonly Endpoint?: string | undefined;
  readonly SubscriptionArn?: string | undefined;
}

/**
 * What is wrong with the parameters that have the secrets of channels. No value is read.
 *
 * @param names as channels have them
 * @param found what Systems Manager knows of these names
 * @param keyArn the key that the sender may use besides that of Systems Manager; `unknown` if the template could
 *   not be read
 */
export function parameterFindings(
  names: readonly string[],
  found: readonly ParameterMetadata[],
  keyArn: string | 'unknown' | undefined,
  options: string,
): Finding[] {
  const parameters = new Map(found.map((each) => [each.Name, each]));
  return names.flatMap((name): Finding[] => {
    const { Type: type, KeyId = SSM_KEY } = parameters.get(name) ?? {};
    if (type === 'SecureString') {
      if (isUsable(KeyId, keyArn)) return [];
      return [
        {
          level: 'error',
          found: `key of parameter ${name}: ${KeyId}, should be ${keyArn ?? SSM_KEY}`,
          otherwise: 'The function that sends cannot decrypt it, and gives up after 12 hours.',
          fix: 'Set alertsKeyArn to the ARN of its key, and deploy. Or store it again with the other key.',
        },
      ];
    }
    const word = shellWord(name);
    const put = `aws ssm put-parameter ${options} --type SecureString --name ${word} --value <URL or secret>`;
    if (type === undefined) {
      return [
        {
          level: 'error',
          found: `parameter ${name}: missing`,
          otherwise: 'Messages for its channel are given up.',
          fix: command('Store it (with alertsKeyArn, add --key-id):', put),
        },
      ];
    }
    return [
      wrong('hint', {
        name: `parameter ${name}`,
        is: type,
        should: 'SecureString',
        otherwise: 'It is a secret, and is stored and shown in the clear.',
        // A parameter keeps its type.
        fix: command('Store it again:', `aws ssm delete-parameter ${options} --name ${word}`, put),
      }),
    ];
  });
}

/** The key that Systems Manager uses for its callers. */
const SSM_KEY = 'alias/aws/ssm';

/** Whether the sender may use a key. An alias of another key may be of any. */
function isUsable(keyId: string, keyArn: string | undefined): boolean {
  if (keyId === SSM_KEY || keyArn === 'unknown') return true;
  if (keyArn === undefined) return false;
  return keyId.includes('alias/') || keyArn.endsWith(`/${keyId.split('/').at(-1)}`);
}

/** What is wrong with the subscription of an address. @param subscriptions `undefined` if there is no topic */
export function emailFindings(
  address: string,
  topicArn: string,
  subscriptions: readonly Subscription[] | undefined,
  options: string,
): Finding[] {
  const otherwise = 'It gets no alerts.';
  if (subscriptions === undefined) {
    return [{ level: 'error', found: `topic of ${address}: missing`, otherwise, fix: RESTORE }];
  }
  const own = subscriptions.filter(
    ({ Protocol, Endpoint }) =>
      Protocol === 'email' && Endpoint?.toLowerCase() === address.toLowerCase(),
  );
  if (own.some(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'))) return [];
  const subscribe =
    `aws sns subscribe ${options} --topic-arn ${shellWord(topicArn)} --protocol email ` +
    `--notification-endpoint ${shellWord(address)}`;
  const isPending = own.length > 0;
  return [
    {
      level: 'error',
      found: `subscription of ${address}: ${isPending ? 'not confirmed' : 'none'}, should be confirmed`,
      otherwise,
      fix:
        (isPending ? 'Follow the link in the e-mail from AWS. If it is lost, ' : 'If it shall, ') +
        command('subscribe, then follow the link in the e-mail:', subscribe),
    },
  ];
}
