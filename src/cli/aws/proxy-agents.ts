import type { ClientRequest } from 'node:http';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** A proxy's answer to `CONNECT` that is not 200. */
export class TunnelRefused extends Error {
  override readonly name = 'TunnelRefused';
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

type Connect = HttpsProxyAgent<string>['connect'];

/** Reaches HTTPS servers through a proxy. */
class TunnelAgent extends HttpsProxyAgent<string> {
  override async connect(request: ClientRequest, options: Parameters<Connect>[1]) {
    let status = 200;
    request.once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
      status = statusCode;
    });
    const { ca } = this.connectOpts;
    const socket = await super.connect(request, Object.assign(options, ca && { ca }));
    if (status === 200) return socket;
    // The agent would pass the proxy's answer off as the server's.
    socket.destroy();
    throw new TunnelRefused(status);
  }
}

/**
 * Agents that send all requests through a proxy.
 *
 * @param ca the certificate authorities to trust, for the proxy and behind it; Node.js's if not set
 */
export function proxyAgents(proxy: URL, ca: string | undefined) {
  const options = { keepAlive: true, maxSockets: 50, ...(ca && { ca }) };
  return {
    httpAgent: new HttpProxyAgent(proxy, options),
    httpsAgent: new TunnelAgent(proxy, options),
  };
}
