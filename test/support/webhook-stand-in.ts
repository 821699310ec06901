import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { answering } from './answering.ts';

/** What a webhook got. */
export interface Post {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * What it does then: answers, closes the connection, never answers, or sends these bytes. With `hangs`, the body of
 * its answer does not end; with `breaks`, the connection closes within.
 */
export type Reply =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly then?: 'hangs' | 'breaks';
    }
  | 'closes'
  | 'never answers'
  | { readonly bytes: string };

const OK: Reply = { status: 200, body: 'ok' };

/** A channel's webhook on the loopback interface, which replies as a test has it. */
export async function startWebhook() {
  const webhook = {
    endpoint: '',
    posts: [] as Post[],
    /** The replies to come, and then the last for good. */
    replies: [OK] as [Reply, ...Reply[]],
    reset() {
      webhook.posts.length = 0;
      webhook.replies = [OK];
    },
  };
  const { endpoint } = await answering(async (request, response) => {
    const body = await text(request);
    webhook.posts.push({ path: request.url ?? '', headers: request.headers, body });
    const [reply, ...others] = webhook.replies;
    if (others[0] !== undefined) webhook.replies = [others[0], ...others.slice(1)];
    if (reply === 'never answers') return;
    if (reply === 'closes') request.socket.destroy();
    else if ('bytes' in reply) request.socket.end(reply.bytes);
    else {
      response.writeHead(reply.status, reply.headers);
      if (reply.then === undefined) response.end(reply.body);
      else response.write(reply.body, () => reply.then === 'breaks' && request.socket.destroy());
    }
  });
  webhook.endpoint = endpoint;
  return webhook;
}
