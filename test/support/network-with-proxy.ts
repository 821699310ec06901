import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';

/** A certificate of an authority that nobody knows, for AWS's hosts and this machine. */
async function ownCertificate(folder: string): Promise<{ key: string; cert: string }> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  const names = 'DNS:*.us-east-1.amazonaws.com,DNS:localhost,IP:127.0.0.1';
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', '/CN=A farm', '-addext', `subjectAltName=${names}`],
    ...['-keyout', key, '-out', cert],
  ]);
  return { key, cert };
}

/**
 * A network that is left by a proxy, which reaches AWS's hosts: each stands for an endpoint on this machine,
 * and shows a certificate of the network's own authority.
 *
 * @param endpoints by the name of the service, such as `dynamodb`
 */
export async function networkWithProxy(endpoints: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'network-'));
  const files = await ownCertificate(folder);
  const [key, cert] = await Promise.all([readFile(files.key), readFile(files.cert)]);

  const aws = createTlsServer({ key, cert }, async (request, response) => {
    const [service = ''] = String(request.headers.host).split('.');
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(`${endpoints[service]}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(request.method !== 'GET' && { body: await text(request) }),
    });
    const type = answer.headers.get('content-type') ?? 'text/plain';
    response.writeHead(answer.status, { 'content-type': type });
    response.end(await answer.text());
  });

  const network = {
    /** A file with the network's authority. */
    ca: files.cert,
    /** What the proxy was asked for, such as `CONNECT dynamodb.us-east-1.amazonaws.com:443`. */
    asked: [] as string[],
    /** The credentials that came with it. */
    authorizations: [] as (string | undefined)[],
    /** The status that the proxy answers with. */
    status: 200,
    port: 0,
    awsPort: 0,
  };
  const proxy = createServer((request, response) => {
    network.asked.push(`${request.method} ${request.url}`);
    network.authorizations.push(request.headers['proxy-authorization']);
    response.writeHead(network.status, { 'content-type': 'text/html' }).end('<html>no</html>');
  });
  proxy.on('connect', (request, client) => {
    network.asked.push(`CONNECT ${request.url}`);
    network.authorizations.push(request.headers['proxy-authorization']);
    client.on('error', () => undefined);
    if (network.status !== 200) {
      client.end(`HTTP/1.1 ${network.status} No\r\n\r\n`);
      return;
    }
    const server = connect(network.awsPort, '127.0.0.1');
    server.on('error', () => client.destroy());
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    server.pipe(client).pipe(server);
  });
  network.awsPort = await listen(aws);
  network.port = await listen(proxy);
  afterAll(async () => {
    for (const server of [aws, proxy]) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true });
  });
  return network;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
