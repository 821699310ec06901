import { expect, test } from 'vitest';
import { proxyFor, proxyText } from '../../../../src/cli/aws/proxy-environment.ts';

const AWS = 'https://dynamodb.us-east-1.amazonaws.com';
const found = (target: string, env: Record<string, string>) =>
  proxyFor(new URL(target), env)?.url.href;

test.for([
  [AWS, { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128/'],
  [AWS, { https_proxy: 'http://low', HTTPS_PROXY: 'http://up' }, 'http://low/'],
  [AWS, { https_proxy: '', HTTPS_PROXY: 'http://up' }, undefined],
  [AWS, { HTTP_PROXY: 'http://p' }, undefined],
  [AWS, { ALL_PROXY: 'http://all' }, 'http://all/'],
  [AWS, { ALL_PROXY: 'http://all', HTTPS_PROXY: 'https://p' }, 'https://p/'],
  [AWS, { HTTPS_PROXY: ' proxy:3128 ' }, 'http://proxy:3128/'],
  [AWS, { HTTPS_PROXY: 'user:pw@10.0.0.1:3128' }, 'http://user:pw@10.0.0.1:3128/'],
  [AWS, { HTTPS_PROXY: 'http://user:p%40w@p' }, 'http://user:p%40w@p/'],
  [AWS, {}, undefined],
  ['http://dynamodb.farm:8000', { HTTP_PROXY: 'http://p' }, 'http://p/'],
  ['http://dynamodb.farm:8000', { HTTPS_PROXY: 'http://p' }, undefined],
] as const)('%s with %j', ([target, env, proxy]) => {
  expect(found(target, env)).toBe(proxy);
});

test.for([
  'http://localhost:4566',
  'https://sqs.localhost',
  'http://127.0.0.1:8000',
  'http://127.8.9.1',
  'http://127.1',
  'http://[::1]:8000',
  'http://[::ffff:127.0.0.1]',
  'http://LOCALHOST',
])('never goes to %s by a proxy', (target) => {
  expect(found(target, { HTTP_PROXY: 'http://p', HTTPS_PROXY: 'http://p' })).toBeUndefined();
});

test.for([
  '*',
  'amazonaws.com',
  '.amazonaws.com',
  '*.amazonaws.com',
  'AmazonAWS.com',
  'dynamodb.us-east-1.amazonaws.com',
  'amazonaws.com:443',
  'other.example, amazonaws.com',
  'other.example amazonaws.com',
  ',,.amazonaws.com,',
])('NO_PROXY=%s leaves AWS out', (NO_PROXY) => {
  expect(found(AWS, { HTTPS_PROXY: 'http://p', NO_PROXY })).toBeUndefined();
  expect(found(AWS, { HTTPS_PROXY: 'http://p', no_proxy: NO_PROXY })).toBeUndefined();
});

test.for(['', 'aws.com', 'mazonaws.com', 'amazonaws.com:80', 'us-east-1', '10.0.0.0/8', '.'])(
  'NO_PROXY=%s does not',
  (NO_PROXY) => {
    expect(found(AWS, { HTTPS_PROXY: 'http://p', NO_PROXY })).toBe('http://p/');
  },
);

test.for([
  ['http://10.1.2.3:8000', '10.1.2.3'],
  ['http://10.1.2.3:8000', '10.1.2.3:8000'],
  ['http://[fd00::1]:8000', 'fd00::1'],
  ['http://[fd00::1]:8000', '[fd00::1]:8000'],
] as const)('%s is left out by NO_PROXY=%s', ([target, NO_PROXY]) => {
  expect(found(target, { HTTP_PROXY: 'http://p', NO_PROXY })).toBeUndefined();
});

test.for([
  'http://',
  'http://user:secret@:1',
  'http://user:sec#ret@p:1',
  'http://user:sec/ret@p:1',
  'http://user:12?ret@p:1',
  'http://user:sec%ret@p:1',
  'http://p:secret',
])('%s is not the URL of a proxy, and is not shown', (HTTPS_PROXY) => {
  expect(() => found(AWS, { HTTPS_PROXY })).toThrow(/^HTTPS_PROXY is not the URL of a proxy\./);
  expect(() => found(AWS, { HTTPS_PROXY })).not.toThrow(/ret/);
});

test.for(['socks5://user:secret@p', 'socks4a://p', 'ftp://p'])('%s is not supported', (proxy) => {
  const kind = proxy.split(':', 1)[0];
  expect(() => found(AWS, { ALL_PROXY: proxy })).toThrow(
    `ALL_PROXY names a proxy of the kind ${kind}, which is not supported.`,
  );
});

test('a proxy is shown without its user and password', () => {
  const setting = proxyFor(new URL(AWS), { https_proxy: 'https://user:secret@proxy:3128/x' });
  expect(setting && proxyText(setting)).toBe('proxy https://proxy:3128 (https_proxy)');
});
