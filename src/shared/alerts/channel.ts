/** The kinds of channels whose messages are posted to a URL, which is a secret. */
export const POSTED = ['slack', 'teams', 'discord', 'webhook'] as const;

interface Written {
  /** As in the configuration, such as `slack:/deadline/slack-webhook`. */
  readonly text: string;
}

/** Where the URL of a channel is: the name of an SSM parameter; on this machine, the URL itself. */
export interface PostedChannel extends Written {
  readonly kind: (typeof POSTED)[number];
  readonly url: string;
  /** Where the secret is that signs what is posted. Only of webhooks. */
  readonly secret?: string;
}

/** Where messages of an alert go. */
export type Channel =
  | PostedChannel
  | (Written & { readonly kind: 'email'; readonly address: string })
  | (Written & { readonly kind: 'sns'; readonly topicArn: string })
  | (Written & { readonly kind: 'log' });

export type ChannelKind = Channel['kind'];

/** Why a text is no channel, to follow the text. */
export interface NoChannel {
  readonly problem: string;
}

/** The name of an SSM parameter (Systems Manager API reference, `PutParameter`). */
const PARAMETER = /^\/?[\w.-]+(\/[\w.-]+){0,14}$/;
const RESERVED = /^\/?(aws|ssm)/i;
/** Enough to tell an address from something else. SNS decides. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TOPIC = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/;
const FORMS =
  'slack:, teams:, discord:, or webhook: with the name of an SSM parameter, email: with an address, ' +
  'sns: with the ARN of a topic, or log';

/**
 * Parses a channel.
 *
 * @param takesUrls takes URLs in place of the names of parameters, which only this machine does
 */
export function parseChannel(text: string, takesUrls = false): Channel | NoChannel {
  if (text === 'log') return { kind: 'log', text };
  const [, kind = '', where = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if (kind === 'email') {
    if (ADDRESS.test(where)) return { kind, text, address: where };
    return { problem: 'must have an e-mail address after email:' };
  }
  if (kind === 'sns') {
    if (TOPIC.test(where)) return { kind, text, topicArn: where };
    return { problem: 'must have the ARN of an SNS topic after sns:' };
  }
  if (/^https?:\/\//i.test(text)) return { problem: secretProblem(likelyKind(text)) };
  const posted = POSTED.find((each) => each === kind);
  if (posted === undefined) return { problem: `is no channel: write ${FORMS}` };
  const isUrl = /^[a-z]+:\/\//i.test(where);
  if (isUrl && !takesUrls) return { problem: secretProblem(posted) };
  if (isUrl) return postedAt(posted, text, where);
  return ofParameters(posted, text, where);
}

/** The kind of channel that a URL is probably of. */
function likelyKind(url: string): string {
  return POSTED.find((kind) => url.includes(kind)) ?? 'webhook';
}

/** The URL is not repeated: whoever has it can post. */
function secretProblem(kind: string): string {
  const name = `/deadline/${kind}`;
  return (
    `has a URL, which is a secret. Store it: aws ssm put-parameter --type SecureString --name ${name} ` +
    `--value <URL>. Then write ${kind}:${name}`
  );
}

function postedAt(kind: PostedChannel['kind'], text: string, where: string): Channel | NoChannel {
  if (!URL.canParse(where)) return { problem: 'has no URL' };
  const { hash } = new URL(where);
  if (hash === '') return { kind, text, url: where };
  if (kind !== 'webhook') return { problem: 'has a #, which only a webhook has' };
  const end = where.length - hash.length;
  return { kind, text, url: where.slice(0, end), secret: hash.slice(1) };
}

function ofParameters(
  kind: PostedChannel['kind'],
  text: string,
  where: string,
): Channel | NoChannel {
  const [url = '', secret, ...others] = where.split('#');
  const names = secret === undefined ? [url] : [url, secret];
  if (others.length > 0 || (secret !== undefined && kind !== 'webhook')) {
    return { problem: 'has a # too many: only a webhook has one, before the name of its secret' };
  }
  if (!names.every((name) => PARAMETER.test(name) && name.length <= 1_011)) {
    const where = secret === undefined ? `${kind}:` : `${kind}: and after #`;
    return { problem: `must have the name of an SSM parameter after ${where}` };
  }
  if (names.some((name) => RESERVED.test(name))) {
    return { problem: 'has a name that AWS reserves: it must not begin with aws or ssm' };
  }
  return { kind, text, url, ...(secret !== undefined && { secret }) };
}
