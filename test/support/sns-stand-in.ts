import { text } from 'node:stream/consumers';
import { answering } from './answering.ts';

/** An SNS that takes what is published, unless a test has it refused. */
export async function startSns() {
  const sns = {
    endpoint: '',
    /** The fields of each request, and the region that it was signed for. */
    published: [] as Readonly<Record<string, string>>[],
    refusal: undefined as
      | { readonly status: number; readonly code: string }
      | 'never answers'
      | undefined,
    reset() {
      sns.published.length = 0;
      sns.refusal = undefined;
    },
  };
  const { endpoint } = await answering(async (request, response) => {
    const {
      Action: _,
      Version: __,
      ...fields
    } = Object.fromEntries(new URLSearchParams(await text(request)));
    const [, region = ''] = /\/([^/]+)\/sns\//.exec(request.headers.authorization ?? '') ?? [];
    sns.published.push({ region, ...fields });
    if (sns.refusal === 'never answers') return;
    response.writeHead(sns.refusal?.status ?? 200, { 'content-type': 'text/xml' });
    response.end(
      sns.refusal
        ? `<ErrorResponse><Error><Type>Sender</Type><Code>${sns.refusal.code}</Code><Message>injected</Message></Error></ErrorResponse>`
        : '<PublishResponse><PublishResult><MessageId>id</MessageId></PublishResult></PublishResponse>',
    );
  });
  sns.endpoint = endpoint;
  return sns;
}
