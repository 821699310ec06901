import type { PostedChannel } from '../../shared/alerts/channel.ts';
import { CHANNEL_HOSTS } from './channel-hosts.ts';

/** Which URLs messages are posted to. */
export interface UrlRules {
  /** Hosts that channels of the kind `slack` may have besides Slack's own. */
  readonly slackHosts: readonly string[];
  /** Takes each host, and `http:` on the loopback interface: whoever gave the URL runs the sender. */
  readonly isLocal: boolean;
}

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** What is wrong with a URL of another host. */
const ANOTHER_HOST: Readonly<Record<keyof typeof CHANNEL_HOSTS, string>> = {
  slack:
    "has a URL that is not Slack's. For a server that is compatible with Slack, add its host to alertHosts",
  discord: "has a URL that is not Discord's. Copy the URL of a webhook there",
  teams:
    'has a URL that is not that of a Teams workflow. Copy the URL of one: those of the former connectors ' +
    '(webhook.office.com) work no longer',
};

/**
 * The URL of a channel's webhook, or what is wrong with it, to follow where it is from. The text is not repeated:
 * whoever has it can post.
 */
export function readWebhookUrl(
  kind: PostedChannel['kind'],
  text: string,
  rules: UrlRules,
): URL | { readonly problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'is empty' };
  if (!URL.canParse(trimmed)) return { problem: 'is no URL' };
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') {
    return { problem: 'has a user name or a password in its URL, which are not sent' };
  }
  if (rules.isLocal && url.protocol === 'http:' && LOOPBACK.test(url.hostname)) return url;
  if (url.protocol !== 'https:') return { problem: 'has a URL that does not begin with https:' };
  if (rules.isLocal || kind === 'webhook') return url;
  const hosts = [...CHANNEL_HOSTS[kind], ...(kind === 'slack' ? rules.slackHosts : [])];
  if (hosts.some((host) => isHost(url.hostname, host))) return url;
  return { problem: ANOTHER_HOST[kind] };
}

function isHost(name: string, host: string): boolean {
  return host.startsWith('.') ? name.endsWith(host) : name === host;
}
