import { BlockList, isIP } from 'node:net';
import { NotReached } from '../../shared/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy, and the variable that names it. */
export interface ProxySetting {
  readonly url: URL;
  readonly variable: string;
}

/**
 * The proxy for a request, from `HTTPS_PROXY` or `HTTP_PROXY`, then `ALL_PROXY`, except for the hosts in
 * `NO_PROXY`. Names in lower case come first, as for the AWS CLI; an empty one means no proxy.
 *
 * @returns `undefined` if the request goes there directly, as all to this machine do
 * @throws NotReached if the variable does not name an HTTP or HTTPS proxy
 */
export function proxyFor(target: URL, env: Environment): ProxySetting | undefined {
  const [variable, value = ''] =
    variableOf(env, `${target.protocol.slice(0, -1)}_proxy`) ?? variableOf(env, 'all_proxy') ?? [];
  if (variable === undefined || value.trim() === '') return undefined;
  const [, exceptions = ''] = variableOf(env, 'no_proxy') ?? [];
  if (isLoopback(hostOf(target)) || isException(target, exceptions)) return undefined;
  return { url: proxyUrl(variable, value.trim()), variable };
}

/** A proxy without its user name and password, such as `proxy http://proxy:3128 (HTTPS_PROXY)`. */
export function proxyText({ url, variable }: ProxySetting): string {
  return `proxy ${url.protocol}//${url.host} (${variable})`;
}

function variableOf(env: Environment, name: string): readonly [string, string] | undefined {
  for (const each of [name, name.toUpperCase()]) {
    const value = env[each];
    if (value !== undefined) return [each, value];
  }
  return undefined;
}

/** @throws NotReached, which does not quote the value: it may contain a password */
function proxyUrl(variable: string, value: string): URL {
  const address = /^[a-z\d+.-]+:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.hostname === '' || hasStrayCharacters(url)) {
    throw new NotReached(
      `${variable} is not the URL of a proxy.`,
      'Set it to http://<host>:<port> or http://<user>:<password>@<host>:<port>, with other characters than ' +
        'letters and digits in the user name and password percent-encoded, such as %40 for @.',
    );
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new NotReached(
    `${variable} names a proxy of the kind ${url.protocol.slice(0, -1)}, which is not supported.`,
    'Set it to an HTTP proxy, or unset it to reach AWS without one.',
  );
}

/** Whether a password contains characters that end it early, so that a part of it passes for the host. */
function hasStrayCharacters({ pathname, search, hash, username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
  } catch {
    return true;
  }
  return (pathname + search + hash).includes('@');
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether a host is this machine. */
function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return /^(.+\.)?localhost$/.test(host);
  return LOOPBACK.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Whether `NO_PROXY` lists a host: `*`, or a domain with all below it, however it begins (`amazonaws.com`,
 * `.amazonaws.com`, `*.amazonaws.com`), or an address; each may have a port.
 */
function isException(target: URL, exceptions: string): boolean {
  const host = hostOf(target);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((each) => each !== '')
    .some((each) => {
      if (each === '*') return true;
      const [, bracketed, plain, only] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(each) ?? [];
      const name = (bracketed ?? plain ?? each).replace(/^\*?\.+/, '');
      const isListed = host === name || host.endsWith(`.${name}`);
      return isListed && (only === undefined || only === port);
    });
}

/** The host in lower case, without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.toLowerCase().replace(/^\[|\]$/g, '');
}
