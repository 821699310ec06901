import { createHmac } from 'node:crypto';
import type { PostedChannel } from '../../shared/alerts/channel.ts';
import type { Answer, ChannelMessage } from '../message/channel-message.ts';
import { post } from './post.ts';
import type { Senders, Unsent } from './senders.ts';
import { toAnswer } from './webhook-answer.ts';
import { readWebhookUrl } from './webhook-url.ts';

/** Where a message is posted, and what signs it. */
interface Target {
  readonly url: URL;
  readonly secret: string | undefined;
}

/** The statuses of a URL that does not work, or no longer. */
const NOT_THERE = new Set([401, 403, 404, 410]);

/**
 * Posts a message to its channel's webhook. If the URL does not work, looks whether it was changed since it was last
 * read, and then posts again.
 */
export async function postMessage(
  message: ChannelMessage,
  channel: PostedChannel,
  how: Senders,
  signal: AbortSignal,
): Promise<Answer> {
  const target = await findTarget(channel, how, signal);
  if ('status' in target) return target;
  const { answer, isThere } = await postTo(target, message, channel, how, signal);
  if (isThere) return answer;
  forget(channel, how);
  const changed = await findTarget(channel, how, signal);
  if ('status' in changed || isSame(target, changed)) return answer;
  return (await postTo(changed, message, channel, how, signal)).answer;
}

async function findTarget(
  channel: PostedChannel,
  how: Senders,
  signal: AbortSignal,
): Promise<Target | Unsent> {
  const found = await how.secrets.find(channel.url, signal);
  if ('status' in found) return found;
  const url = readWebhookUrl(channel.kind, found.value, how);
  if ('problem' in url) {
    forget(channel, how);
    return { status: 'never', reason: `${found.source} ${url.problem}` };
  }
  if (channel.secret === undefined) return { url, secret: undefined };
  const secret = await how.secrets.find(channel.secret, signal);
  if ('status' in secret) return secret;
  if (secret.value !== '') return { url, secret: secret.value };
  forget(channel, how);
  return { status: 'never', reason: `${secret.source} is empty` };
}

function forget({ url, secret }: PostedChannel, { secrets }: Senders): void {
  secrets.forget(url);
  if (secret !== undefined) secrets.forget(secret);
}

function isSame(a: Target, b: Target): boolean {
  return a.url.href === b.url.href && a.secret === b.secret;
}

async function postTo(
  { url, secret }: Target,
  { id, payload }: ChannelMessage,
  { kind }: PostedChannel,
  { timeout, now }: Senders,
  signal: AbortSignal,
): Promise<{ readonly answer: Answer; readonly isThere: boolean }> {
  const body = JSON.stringify(payload);
  const headers = kind === 'webhook' ? signed(body, id, secret) : {};
  const time = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  try {
    const posted = await post(kind === 'discord' ? discordUrl(url) : url, headers, body, time);
    return {
      answer: toAnswer(kind, posted, url, now()),
      isThere: !NOT_THERE.has(posted.status),
    };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const reason = time.aborted
      ? 'has not answered in time'
      : `has not answered: ${message || code}`;
    return { answer: { status: 'later', reason: `${url.host} ${reason}` }, isThere: true };
  }
}

/** Signed as GitHub's webhooks are (its documentation, "Validating webhook deliveries"). */
function signed(body: string, id: string, secret: string | undefined): Record<string, string> {
  const delivery = { 'X-Deadline-Delivery': id };
  if (secret === undefined) return delivery;
  const hmac = createHmac('sha256', secret).update(body).digest('hex');
  return { ...delivery, 'X-Deadline-Signature-256': `sha256=${hmac}` };
}

/**
 * Discord tells of some messages that are not saved only if it is asked to wait for them (its documentation,
 * "Execute Webhook"). The URLs that it gives have no version, which means one that tells times in ms
 * (discord/discord-api-docs, issue 2360).
 */
function discordUrl(url: URL): URL {
  const asked = new URL(url);
  asked.pathname = asked.pathname.replace(/^\/api\/webhooks\//, '/api/v10/webhooks/');
  asked.searchParams.set('wait', 'true');
  return asked;
}
