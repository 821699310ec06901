import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import { hasRequestId, looksLikeAws } from './answer-check.ts';
import type { CertificateBundle } from './certificate-bundle.ts';
import { requestTimeouts } from './client-settings.ts';
import { answeredByAnother, failedOnTheWay, type Route } from './not-reached.ts';
import { type ProxySetting, proxyFor } from './proxy-environment.ts';

/** How long most requests take at most, in ms. */
const USUAL = 10_000;

/**
 * Sends all requests of the SDK's clients: through the proxy and with the certificate authorities that the
 * environment names for the AWS CLI, and takes only AWS's answers. What it needs is loaded when it is used.
 */
export class AwsRequestHandler
  implements RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>
{
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #profile: string | undefined;
  readonly #timeouts: object;
  /** By the proxy's URL, and whether certificates matter. */
  readonly #handlers = new Map<string, Promise<NodeHttpHandler>>();
  #bundle: Promise<CertificateBundle | undefined> | undefined;

  /**
   * @param profile the one that may have a `ca_bundle`; the environment's if not set
   * @param longest how long a request may take, in ms
   */
  constructor(profile: string | undefined, longest = USUAL) {
    this.#profile = profile;
    this.#timeouts = requestTimeouts(longest);
  }

  /** @throws NotReached if a proxy, a login page, or a certificate is in the way */
  async handle(
    request: HttpRequest,
    options?: HttpHandlerOptions,
  ): Promise<{ response: HttpResponse }> {
    const target = new URL(`${request.protocol}//${request.hostname}`);
    target.port = String(request.port ?? '');
    const proxy = proxyFor(target, process.env);
    const isSecure = [target, proxy?.url].some((url) => url?.protocol === 'https:');
    const bundle = isSecure ? await this.#certificateBundle() : undefined;
    const route = { host: target.host, proxy, bundle };
    const handler = await this.#handler(route, isSecure);
    try {
      const { response } = await handler.handle(request as never, options);
      return { response: await answerOfAws(request, response, route) };
    } catch (error) {
      throw failedOnTheWay(error, route) ?? error;
    }
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {};
  }

  #certificateBundle(): Promise<CertificateBundle | undefined> {
    this.#bundle ??= import('./certificate-bundle.ts').then(({ readCertificateBundle }) =>
      readCertificateBundle(this.#profile),
    );
    return this.#bundle;
  }

  #handler({ proxy, bundle }: Route, isSecure: boolean): Promise<NodeHttpHandler> {
    const key = `${isSecure} ${proxy?.url.href}`;
    const handler =
      this.#handlers.get(key) ?? createHandler(proxy, bundle?.certificates, this.#timeouts);
    this.#handlers.set(key, handler);
    return handler;
  }
}

async function createHandler(
  proxy: ProxySetting | undefined,
  ca: string | undefined,
  timeouts: object,
): Promise<NodeHttpHandler> {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  if (proxy === undefined) return new NodeHttpHandler({ ...timeouts, httpsAgent: { ca } });
  const { proxyAgents } = await import('./proxy-agents.ts');
  return new NodeHttpHandler({ ...timeouts, ...proxyAgents(proxy.url, ca) });
}

/** @throws NotReached for any other answer */
async function answerOfAws(
  request: HttpRequest,
  response: HttpResponse,
  route: Route,
): Promise<HttpResponse> {
  if (hasRequestId(response)) return response;
  const body = await text(response.body);
  if (!looksLikeAws(request, response, body)) throw answeredByAnother(route, response);
  response.body = Readable.from([Buffer.from(body)]);
  return response;
}
