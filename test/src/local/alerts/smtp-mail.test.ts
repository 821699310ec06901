import { afterEach, expect, test } from 'vitest';
import { SmtpMail } from '../../../../src/local/alerts/smtp-mail.ts';
import { freePort } from '../../../../src/local/engines/free-port.ts';
import { startSmtp } from '../../../support/smtp-stand-in.ts';

const smtp = await startSmtp();
const MAIL = { subject: '[failures] Failed: sq010_lighting', text: 'It failed.\n' };
const TO = { kind: 'email', text: 'email:a@example.com', address: 'a@example.com' } as const;

afterEach(() => {
  smtp.state.refusal = undefined;
  smtp.mails.length = 0;
});

test('sends mail to an address, and to the name of a topic', async () => {
  const mail = new SmtpMail(smtp);
  const topicArn = 'arn:aws:sns:us-east-1:123456789012:wranglers';
  expect(await mail.send(TO, MAIL)).toEqual({ status: 'sent', detail: '250 taken' });
  await mail.send({ kind: 'sns', text: `sns:${topicArn}`, topicArn }, MAIL);
  expect(smtp.mails).toEqual([
    { to: 'a@example.com', subject: MAIL.subject, text: 'It failed.' },
    { to: 'wranglers@sns.invalid', subject: MAIL.subject, text: 'It failed.' },
  ]);
});

test.for([
  ['451 try later', 'later'],
  ['550 no such user', 'never'],
] as const)('refused with %s, it is sent %s', async ([refusal, status]) => {
  smtp.state.refusal = refusal;
  const answer = await new SmtpMail(smtp).send(TO, MAIL);
  expect(answer).toMatchObject({ status, reason: expect.stringContaining(refusal) });
});

test('where no server is, it is sent later', async () => {
  const mail = new SmtpMail({ host: '127.0.0.1', port: await freePort(0) });
  expect(await mail.send(TO, MAIL)).toMatchObject({
    status: 'later',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});
