import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { POLICY_ARN } from '../../../support/control-plane.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';

const { controlPlane, findings, queueUrl, sqs, feed } = await stackWithDoctor();
feed();

test('a sender policy that is not attached: says how to attach it', async () => {
  controlPlane.deployed.attachments = 0;
  const { of, code } = await findings();
  expect(of('sender policy')).toMatchObject({
    ok: false,
    mend: expect.stringContaining(
      `aws iam attach-role-policy --role-name <role of the instance> --policy-arn ${POLICY_ARN}`,
    ),
  });
  expect(of('notification')).toMatchObject({ ok: true });
  expect(code).toBe(1);
});

test.for([
  ['another account', { AWS: ['210987654321', '000000000000'] }, true],
  ['its own account by its id', { AWS: '000000000000' }, false],
  ['its own account', { AWS: 'arn:aws:iam::000000000000:root' }, false],
] as const)(
  "a sender policy that is not attached, while the queue's own policy lets %s send",
  async ([, Principal, ok]) => {
    controlPlane.deployed.attachments = 0;
    const Statement = { Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: '*' };
    await setPolicy(JSON.stringify({ Statement }));
    const { of } = await findings();
    expect(of('sender policy')).toMatchObject({ ok });
    await setPolicy('');
  },
);

test('a sender policy that no longer exists', async () => {
  controlPlane.deployed.attachments = undefined;
  const { of, code } = await findings();
  expect(of('sender policy')).toMatchObject({
    ok: false,
    found: expect.stringContaining('AWS: NoSuchEntity'),
    mend: expect.stringContaining('Does it still exist'),
  });
  expect(code).toBe(1);
});

async function setPolicy(Policy: string) {
  const Attributes = { Policy };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes }));
}
