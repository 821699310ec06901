import { expect, test } from 'vitest';
import { emailFindings, parameterFindings } from '../../../../src/cli/doctor/channel-findings.ts';

const OPTIONS = '--region us-east-1';
const NAME = '/deadline/slack';
const PUT = `aws ssm put-parameter --region us-east-1 --type SecureString --name ${NAME} --value`;

test.for([
  [[{ Name: NAME, Type: 'SecureString' }], []],
  [
    [{ Name: 'deadline/slack', Type: 'SecureString' }],
    [['error', 'parameter /deadline/slack: missing', PUT]],
  ],
  [
    [{ Name: NAME, Type: 'StringList' }],
    [
      [
        'hint',
        'parameter /deadline/slack: StringList, should be SecureString',
        `aws ssm delete-parameter --region us-east-1 --name ${NAME}\n  ${PUT}`,
      ],
    ],
  ],
] as const)('of the parameters %j it finds %j', ([found, expected]) => {
  expect(parameterFindings([NAME], found, undefined, OPTIONS)).toMatchObject(
    expected.map(([level, text, fix]) => ({
      level,
      found: text,
      fix: expect.stringContaining(fix),
    })),
  );
});

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1111-2222';

test.for([
  ['alias/aws/ssm', undefined, true],
  ['alias/aws/ssm', KEY, true],
  ['1111-2222', KEY, true],
  [KEY, KEY, true],
  ['alias/farm', KEY, true], // may be of that key
  ['3333', KEY, false],
  ['3333', undefined, false],
  ['alias/farm', undefined, false],
  ['3333', 'unknown', true],
] as const)(
  'with the key %s, where the sender may use %s, a parameter is fine: %s',
  ([KeyId, key, ok]) => {
    const found = parameterFindings(
      [NAME],
      [{ Name: NAME, Type: 'SecureString', KeyId }],
      key,
      OPTIONS,
    );
    const problem = {
      level: 'error',
      found: `key of parameter ${NAME}: ${KeyId}, should be ${key ?? 'alias/aws/ssm'}`,
      fix: expect.stringContaining('alertsKeyArn'),
    };
    expect(found).toMatchObject(ok ? [] : [problem]);
  },
);

const [ADDRESS, TOPIC] = ['Ana@example.com', 'arn:aws:sns:us-east-1:123456789012:Alerts-1'];
const subscription = (Endpoint: string, SubscriptionArn: string, Protocol = 'email') => ({
  Endpoint,
  SubscriptionArn,
  Protocol,
});
const SUBSCRIBE = `aws sns subscribe --region us-east-1 --topic-arn ${TOPIC} --protocol email --notification-endpoint ${ADDRESS}`;

test.for([
  [[subscription(ADDRESS, `${TOPIC}:1`)], undefined, ''],
  [[subscription('ana@example.com', `${TOPIC}:1`)], undefined, ''],
  [
    [subscription(ADDRESS, 'PendingConfirmation'), subscription(ADDRESS, `${TOPIC}:1`)],
    undefined,
    '',
  ],
  [
    [subscription(ADDRESS, 'PendingConfirmation')],
    'not confirmed',
    'Follow the link in the e-mail',
  ],
  [[subscription(ADDRESS, 'PendingConfirmation')], 'not confirmed', SUBSCRIBE],
  [[subscription('ben@example.com', `${TOPIC}:1`)], 'none', SUBSCRIBE],
  [[subscription(ADDRESS, `${TOPIC}:1`, 'email-json')], 'none', SUBSCRIBE],
  [[], 'none', SUBSCRIBE],
] as const)('of an address with %j it finds %s', ([subscriptions, is, fix]) => {
  const found = emailFindings(ADDRESS, TOPIC, subscriptions, OPTIONS);
  if (is === undefined) return expect(found).toEqual([]);
  expect(found).toMatchObject([
    {
      level: 'error',
      found: `subscription of ${ADDRESS}: ${is}, should be confirmed`,
      fix: expect.stringContaining(fix),
    },
  ]);
});

test('a topic that was deleted is brought back by a deployment', () => {
  expect(emailFindings(ADDRESS, TOPIC, undefined, OPTIONS)).toMatchObject([
    { found: `topic of ${ADDRESS}: missing`, fix: expect.stringContaining('--revert-drift') },
  ]);
});
