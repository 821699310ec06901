import { NotReached } from '../../shared/errors.ts';
import type { Answered } from './answer-check.ts';
import type { CertificateBundle } from './certificate-bundle.ts';
import { type ProxySetting, proxyText } from './proxy-environment.ts';

/** The way that a request takes. */
export interface Route {
  /** The host, with its port unless it is the usual one. */
  readonly host: string;
  /** `undefined` if it goes there directly. */
  readonly proxy: ProxySetting | undefined;
  /** `undefined` if Node.js's own certificate authorities are trusted. */
  readonly bundle: CertificateBundle | undefined;
}

/** Codes of OpenSSL and Node.js for certificates that are not valid. */
const CERTIFICATE = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_)/;
/** Codes for an answer that is not TLS, or not HTTP. */
const PROTOCOL = /^(EPROTO$|ERR_SSL_|HPE_)/;

const IS_IN_THE_WAY =
  'It is probably the login page of a network, or a proxy. Sign in to the network in a browser, or check the ' +
  'VPN, HTTPS_PROXY, and AWS_ENDPOINT_URL.';

/** Why a request failed on its way to AWS; `undefined` if nothing is known to be in the way. */
export function failedOnTheWay(error: unknown, route: Route): NotReached | undefined {
  if (!(error instanceof Error) || error instanceof NotReached) return undefined;
  if (error.name === 'AbortError') return undefined;
  const { host, proxy, bundle } = route;
  const { code = '' } = error as NodeJS.ErrnoException;
  const [reason = code] = error.message.split(/;|$/, 1).filter((text) => text !== '');
  if (CERTIFICATE.test(code)) return untrusted(host, reason, bundle, error);
  if (PROTOCOL.test(code)) {
    const protocol = code.startsWith('HPE_') ? 'HTTP' : 'TLS';
    return notAws(route, `it does not speak ${protocol}`, error);
  }
  if (proxy === undefined) return undefined;
  if ('status' in error) return tunnelRefused(host, proxy, error.status as number);
  return new NotReached(
    `There is no connection to ${host} through the ${proxyText(proxy)}: ${reason}.`,
    `Check ${proxy.variable}, or add the host to NO_PROXY to reach it without the proxy.`,
    { cause: error },
  );
}

/** The error for an answer that is not AWS's. */
export function answeredByAnother(route: Route, { statusCode, headers }: Answered): NotReached {
  const { host, proxy } = route;
  if (statusCode === 407 && proxy !== undefined) return tunnelRefused(host, proxy, statusCode);
  const { location = '' } = headers;
  const target = URL.canParse(location) ? new URL(location).host : undefined;
  const type = headers['content-type']?.split(';', 1)[0];
  const what = target ? ` to ${target}` : type ? ` with ${type}` : '';
  return notAws(route, `HTTP ${statusCode}${what}`, httpStatus(statusCode));
}

function notAws({ host, proxy }: Route, what: string, cause: Error): NotReached {
  const through = proxy === undefined ? '' : ` through the ${proxyText(proxy)}`;
  return new NotReached(
    `Something other than AWS answered at ${host}${through} (${what}).`,
    IS_IN_THE_WAY,
    { cause },
  );
}

function untrusted(
  host: string,
  reason: string,
  bundle: CertificateBundle | undefined,
  cause: Error,
): NotReached {
  return new NotReached(
    `The certificate that ${host} shows is not trusted: ${reason}.`,
    bundle === undefined
      ? "A proxy of the network may be rewriting TLS. Set AWS_CA_BUNDLE, or ca_bundle in the profile, to a file with the network's certificate authority in PEM form."
      : `Only the authorities in the ${bundle.source} are trusted. A proxy of the network may be rewriting TLS: add its certificate authority to the file.`,
    { cause },
  );
}

function tunnelRefused(host: string, proxy: ProxySetting, status: number): NotReached {
  const { url, variable } = proxy;
  const options = { cause: httpStatus(status) };
  if (status !== 407) {
    return new NotReached(
      `The ${proxyText(proxy)} refuses a connection to ${host} (HTTP ${status}).`,
      `Ask who runs the proxy to allow ${host}, or add it to NO_PROXY to reach it without the proxy.`,
      options,
    );
  }
  const problem = url.username === '' ? 'needs a' : 'does not accept the';
  return new NotReached(
    `The ${proxyText(proxy)} ${problem} user name and password (HTTP 407).`,
    `Set ${variable} to http://<user>:<password>@<host>:<port>.`,
    options,
  );
}

/** As a cause, lets the SDK and `wait` try again what a server error may have caused. */
function httpStatus(httpStatusCode: number): Error {
  return Object.assign(new Error(`HTTP ${httpStatusCode}`), { $metadata: { httpStatusCode } });
}
