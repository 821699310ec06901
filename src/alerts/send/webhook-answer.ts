import type { PostedChannel } from '../../shared/alerts/channel.ts';
import { shorten } from '../../shared/errors.ts';
import { tabSeparable } from '../../shared/printable.ts';
import type { Answer } from '../message/channel-message.ts';
import type { Posted } from './post.ts';

/** How much of an answer is quoted, in characters. */
const QUOTED = 200;

/** Parts of a URL that are this long may be secret. */
const SECRET = 8;

/**
 * A workflow without an action that responds answers before it runs (Microsoft Learn, "Receive and respond to inbound
 * HTTPS calls to workflows in Azure Logic Apps").
 */
const MAY_FAIL = 'The workflow can still fail: see its run history in Power Automate';

/**
 * What a webhook's answer means for the message.
 *
 * @param url whose parts are not quoted: whoever has them can post
 * @param now the time, in ms since the epoch
 */
export function toAnswer(
  kind: PostedChannel['kind'],
  posted: Posted,
  url: URL,
  now: number,
): Answer {
  const { status } = posted;
  const quote = quoted(posted.body, url);
  const told = quote === '' ? `HTTP ${status}` : `HTTP ${status}: ${quote}`;
  if (status >= 200 && status < 300) {
    const after = kind === 'discord' ? untilReset(posted) : undefined;
    const detail = kind === 'teams' && status === 202 ? `${told}. ${MAY_FAIL}` : told;
    return { status: 'sent', detail, ...(after !== undefined && { after }) };
  }
  if (status === 408 || status === 429 || status >= 500) {
    const after = longestWait(kind, posted, now);
    return { status: 'later', reason: told, ...(after !== undefined && { after }) };
  }
  if (status >= 300 && status < 400) return { status: 'never', reason: redirectReason(posted) };
  return { status: 'never', reason: told };
}

function redirectReason({ status, headers: { location } }: Posted): string {
  const host = URL.parse(location ?? '')?.hostname;
  const where = host === undefined ? '' : ` to ${host}`;
  return `HTTP ${status}: it redirects${where}, which is not followed. Store the URL that it redirects to`;
}

/** How long Discord takes no other message, in s (its documentation, "Rate Limits"). */
function untilReset({ headers }: Posted): number | undefined {
  if (headers['x-ratelimit-remaining'] !== '0') return undefined;
  return seconds(headers['x-ratelimit-reset-after']);
}

/** The longest of the times that the answer says to wait, in s. */
function longestWait(kind: PostedChannel['kind'], posted: Posted, now: number): number | undefined {
  const waits = [retryAfter(posted.headers['retry-after'], now)];
  // Two limits may be exceeded at once, and each has its own time.
  if (kind === 'discord') {
    waits.push(seconds(posted.headers['x-ratelimit-reset-after']));
    waits.push(seconds(retryAfterInBody(posted.body)));
  }
  const known = waits.filter((each) => each !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** In s, or a date (RFC 9110, 10.2.3). */
function retryAfter(text: string | undefined, now: number): number | undefined {
  const time = text?.endsWith('GMT') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? seconds(text) : Math.max(0, (time - now) / 1_000);
}

function retryAfterInBody(body: string): unknown {
  try {
    return JSON.parse(body)?.retry_after;
  } catch {
    return undefined;
  }
}

function seconds(value: unknown): number | undefined {
  if (typeof value === 'number' && value >= 0) return value;
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** A server may repeat the URL, whole or in part. */
function quoted(body: string, url: URL): string {
  const parts = [...url.pathname.split('/'), ...url.searchParams.values()].filter(
    (part) => part.length >= SECRET,
  );
  const hidden = parts
    .flatMap((part) => [part, decoded(part), encodeURIComponent(part)])
    .reduce((text, part) => text.replaceAll(part, '…'), body);
  return shorten(tabSeparable(hidden).replaceAll(/ +/g, ' ').trim(), QUOTED);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
