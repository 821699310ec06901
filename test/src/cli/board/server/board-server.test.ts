import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startBoardServer } from '../../../../../src/cli/board/server/board-server.ts';
import { SECURITY_HEADERS } from '../../../../../src/cli/board/server/security-headers.ts';
import { boardOfNight, transition } from '../../../../support/board-of-night.ts';

const board = await boardOfNight();
afterAll(() => board[Symbol.asyncDispose]());
const { port, url, asked, raw } = board;
const HOST = `127.0.0.1:${port}`;
beforeEach(() => {
  asked.length = 0;
});

/** Asks with headers that `fetch` would not send. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request({ port, host: '127.0.0.1', path, method, headers, agent: false }).end();
  const [response] = await once(sent, 'response');
  const chunks: Buffer[] = await response.toArray();
  const body = Buffer.concat(chunks).toString();
  return { status: response.statusCode as number, headers: response.headers, body };
}

/** Whether an answer, as it came, has the whole policy. */
function expectPolicy(headers: Record<string, unknown>) {
  const lower = Object.entries(SECURITY_HEADERS).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  expect(headers).toMatchObject(Object.fromEntries(lower));
}

/** The status and the headers of an answer as it was sent. */
function read(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [status = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.replace(/^[^:]*: /, ''),
    ]),
  );
  return { status: Number(status.split(' ')[1]), headers, body };
}

describe('the page and its data', () => {
  test.for([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/?hours=24', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/page.js', 'text/javascript; charset=utf-8', 'document.title'],
    ['/page.css', 'text/css; charset=utf-8', 'body'],
    ['/api/farm', 'application/json; charset=utf-8', '{"hours":12}'],
    ['/api/farm?hours=168', 'application/json; charset=utf-8', '{"hours":168}'],
    ['/api/workers?hours=1', 'application/json; charset=utf-8', '{"workers":[]}'],
    [
      '/api/statistics?by=day&hours=24&read=all',
      'application/json; charset=utf-8',
      '{"hours":24,"by":"day","isAgreed":true,"clocks":18446744073709551615}',
    ],
    ['/api/statistics', 'application/json; charset=utf-8', '{"hours":12,"isAgreed":false,"clocks"'],
  ])('%s is %s', async ([path = '', type, content]) => {
    const { status, headers, body } = await ask(path);
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(body).toContain(content);
    expectPolicy(headers);
  });

  test('names of jobs are text in JSON, whatever is in them, and ids may have any characters', async () => {
    const id = '../a b/<img onerror=x>?#%00"部屋';
    const { status, headers, body } = await ask(`/api/jobs/${encodeURIComponent(id)}`);
    expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(body).job).toEqual({ job: id, name: '<img onerror=alert(1)>' });
    expect(asked).toEqual([['job', id]]);
  });

  test('a job that is not there is a sentence', async () => {
    const { status, body } = await ask('/api/jobs/nowhere');
    expect([status, JSON.parse(body)]).toEqual([
      404,
      { error: 'Nothing is stored of the job nowhere.' },
    ]);
  });

  test('jobs are those of the time and the page that the URL says', async () => {
    const query = 'since=2026-11-25T20:00:00Z&until=1764100000000&after=1764000000000/6b01';
    expect((await ask(`/api/jobs?${query}`)).status).toBe(200);
    expect(asked).toEqual([
      [
        'jobs',
        {
          ...{ since: Date.UTC(2026, 10, 25, 20), until: 1_764_100_000_000 },
          after: '1764000000000/6b01',
        },
      ],
    ]);
  });

  test.for([
    ['/api/farm?hours=0', 'hours is a whole number from 1 to 168, not 0.'],
    ['/api/farm?hours=1e2', 'hours is a whole number from 1 to 168, not 1e2.'],
    ['/api/farm?hours=999999999999', 'hours is a whole number'],
    ['/api/farm?hours=1&hours=2', 'hours is given twice.'],
    ['/api/farm?since=0', 'There is no parameter since. There are: hours.'],
    ['/api/jobs?since=1&usr=b', 'There is no parameter usr. There are: since, until, after.'],
    ['/api/statistics?hours=0', 'hours is a whole number from 1 to 168, not 0.'],
    [
      '/api/statistics?by=artist',
      'by is one of user, department, plugin, pool, batch, worker, job,',
    ],
    ['/api/statistics?by=user&by=day', 'by is given twice.'],
    ['/api/statistics?read=yes', 'read is all, or is not there, not yes.'],
    ['/api/statistics?group=user', 'There is no parameter group. There are: hours, by, read.'],
    ['/api/jobs?after=x', 'after is the "after" of the page before, not x.'],
    ['/api/jobs?since=yesterday', 'since is a time, such as 2026-11-25T06:47:23.000Z, or ms'],
    ['/api/jobs?until=2026-02-31T99:00:00Z', 'until is a time'],
    ['/api/jobs?__proto__=a', 'There is no parameter __proto__.'],
    ['/api/jobs/a?b=c', 'There is no parameter b. There are: none.'],
    ['/api/jobs/', "A job's page is /api/jobs/<id>"],
    ['/api/jobs/%', "A job's page is /api/jobs/<id>"],
    ['/api/jobs/%c3%28', "A job's page is /api/jobs/<id>"],
    ['/api/jobs/a/b', "A job's page is /api/jobs/<id>"],
    [`/api/jobs/${'x'.repeat(10_000)}`, "A job's id has at most 2048 bytes."],
    [`/api/jobs/${'%C3%A9'.repeat(1_025)}`, "A job's id has at most 2048 bytes."],
  ])('%s is refused: %s', async ([path = '', error]) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(400);
    expect(JSON.parse(body).error).toContain(error);
    expectPolicy(headers);
    expect(asked).toEqual([]);
  });

  test('what fails behind it is a sentence, too', async () => {
    board.faults.farm = new Error('the <table> is gone');
    const { status, headers, body } = await ask('/api/farm');
    delete board.faults.farm;
    expect([status, JSON.parse(body)]).toEqual([
      500,
      { error: 'The board failed: Error: the <table> is gone' },
    ]);
    expectPolicy(headers);
  });

  test('HEAD has all of an answer but its body', async () => {
    for (const path of ['/', '/page.js', '/api/farm', '/api/jobs/nowhere', '/nowhere']) {
      const { date: _, ...headers } = (await ask(path)).headers;
      const head = await ask(path, {}, 'HEAD');
      expect(head.headers).toMatchObject(headers);
      expect(head.body).toBe('');
    }
  });
});

describe('no path leaves the page', () => {
  test.for([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/page.js/../../package.json',
    '/./page.js',
    '//page.js',
    '/page.js%00.html',
    '/page%2ejs',
    '/PAGE.JS',
    '/index.html',
    '/page.ts',
    '/..\\..\\package.json',
    '/api',
    '/api/',
    '/api/farm/',
    '/api/../page.js',
    '/api/jobs/../farm',
    '/toString',
    '/__proto__',
    '*',
    'http://example.com/page.js',
  ])('%s', async (path) => {
    const { status, headers } = read(
      await raw(`GET ${path} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`),
    );
    expect(status).toBe(path === '/api/jobs/../farm' ? 400 : 404);
    expectPolicy(headers);
    expect(asked).toEqual([]);
  });
});

describe('other names of this machine are refused', () => {
  const hosts = [
    'evil.example',
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1:0${port}`,
    `127.0.0.2:${port}`,
    `0.0.0.0:${port}`,
    `[::1]:${port}`,
    `localhost.:${port}`,
    `user@127.0.0.1:${port}`,
    `127.0.0.1:${port}, evil.example`,
    'null',
  ];

  test.for(hosts)('%s, as with DNS rebinding', async (host) => {
    for (const path of ['/', '/page.js', '/api/farm']) {
      const answer = await ask(path, { host });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body).error).toContain(`Open http://${HOST}.`);
      expectPolicy(answer.headers);
    }
    await refused('/feed', { host });
    expect(asked).toEqual([]);
  });

  test('none, and two', async () => {
    for (const lines of [
      '',
      'Host:\r\n',
      `Host: ${HOST}\r\nHost: evil.example\r\n`,
      `Host: ${HOST}\r\nhost: ${HOST}\r\n`,
    ]) {
      for (const version of ['1.1', '1.0']) {
        const answer = read(
          await raw(`GET / HTTP/${version}\r\n${lines}Connection: close\r\n\r\n`),
        );
        expect(answer.status).toBe(403);
        expectPolicy(answer.headers);
      }
    }
  });

  test('localhost is no other', async () => {
    expect((await ask('/api/farm', { host: `LocalHost:${port}` })).status).toBe(200);
  });
});

/** Asks for a feed that is refused, and gives the status. */
async function refused(path: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(`ws://${HOST}${path}`, { headers });
  const [, response] = await once(socket, 'unexpected-response');
  expectPolicy(response.headers);
  socket.on('error', () => undefined);
  socket.terminate();
  return response.statusCode;
}

describe('pages of other sites are refused', () => {
  test.for([
    'https://evil.example',
    `http://evil.example:${port}`,
    'null',
    `https://${HOST}`,
    'http://127.0.0.1',
    `http://127.0.0.1:${port + 1}`,
    `http://localhost:${port}`,
    `http://${HOST}/`,
    '',
  ])('of the origin %s', async (origin) => {
    expect((await ask('/api/farm', { origin })).status).toBe(403);
    expect((await ask('/page.js', { origin })).status).toBe(403);
    expect(await refused('/feed', { origin })).toBe(403);
    expect(asked).toEqual([]);
  });

  test.for([
    ['cross-site', 'no-cors', 'image'],
    ['cross-site', 'no-cors', 'script'],
    ['same-site', 'no-cors', 'image'],
    ['cross-site', 'navigate', 'iframe'],
    ['cross-site', 'navigate', 'object'],
    ['cross-site', 'cors', 'empty'],
    ['cross-site', 'websocket', 'empty'],
  ])('%s, %s, %s: costs no read', async ([site = '', mode = '', destination = '']) => {
    const headers = {
      ...{ 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination },
    };
    expect((await ask('/api/farm', headers)).status).toBe(403);
    expect((await ask('/page.js', headers)).status).toBe(403);
    expect(await refused('/feed', headers)).toBe(403);
    expect(asked).toEqual([]);
  });

  test('but a link in a message of a colleague opens the page', async () => {
    const link = {
      ...{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      'sec-fetch-dest': 'document',
    };
    expect((await ask('/?user=fx-1', link)).status).toBe(200);
    expect((await ask('/api/farm', link)).status).toBe(403);
  });

  test('the own page and scripts are answered', async () => {
    const own = { origin: url, 'sec-fetch-site': 'same-origin' };
    expect((await ask('/api/farm', own)).status).toBe(200);
    expect((await ask('/api/farm', { 'sec-fetch-site': 'none' })).status).toBe(200);
    expect((await ask('/api/farm')).status).toBe(200);
    const { socket } = await board.client('', own);
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('it only reads', () => {
  test.for(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'])(
    '%s is refused',
    async (method) => {
      const { status, headers } = await ask('/api/farm', {}, method);
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
      expectPolicy(headers);
    },
  );

  test.for([
    ['CONNECT evil.example:443 HTTP/1.1', 405],
    ['HACK / HTTP/1.1', 400],
    ['get / HTTP/1.1', 400],
    ['GET / HTTP/9.9', 400],
    ['GET /\u0000 HTTP/1.1', 400],
    ['\u0016\u0003\u0001\u0002', 400],
  ] as const)('%s is refused', async ([line, expected]) => {
    const { status, headers } = read(await raw(`${line}\r\nHost: ${HOST}\r\n\r\n`));
    expect(status).toBe(expected);
    expectPolicy(headers);
  });

  test('a body of 1 GB is refused at once, unread', async () => {
    const GIGABYTE = 1024 ** 3;
    const own = `Host: ${HOST}\r\n`;
    const long = `Content-Length: ${GIGABYTE}\r\n`;
    const chunked = 'Transfer-Encoding: chunked\r\n';
    const answers = await Promise.all(
      [
        `POST / HTTP/1.1\r\n${own}${long}`,
        `GET / HTTP/1.1\r\n${own}${long}`,
        `GET /api/farm HTTP/1.1\r\n${own}${chunked}`,
        `GET / HTTP/1.1\r\n${own}${long}Expect: 100-continue\r\n`,
        `GET / HTTP/1.1\r\n${own}Expect: the-unexpected\r\n`,
        `GET / HTTP/1.1\r\nHost: evil.example\r\n${long}`,
        `GET / HTTP/1.1\r\n${own}${long}${chunked}`,
      ].map((head) => answerTo(head, GIGABYTE)),
    );
    expect(answers.map(({ status }) => status)).toEqual([405, 413, 413, 413, 417, 403, 400]);
    for (const { headers, sent, took } of answers) {
      expectPolicy(headers);
      // What the kernel's buffers of both ends hold.
      expect(sent).toBeLessThan(GIGABYTE / 50);
      expect(took).toBeLessThan(5_000);
    }
    expect(asked).toEqual([]);
  });

  /** Sends a head, then as much of a body as is taken. */
  async function answerTo(head: string, length: number) {
    const began = performance.now();
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => undefined); // it is hung up on
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let sent = 0;
    const send = () => {
      while (socket.writable && sent < length) {
        sent += chunk.length;
        if (!socket.write(chunk)) return;
      }
    };
    socket.on('drain', send);
    socket.write(`${head}\r\n${head.includes('chunked') ? '40000000\r\n' : ''}`);
    send();
    await new Promise((resolve) => socket.once('close', resolve));
    return { ...read(answer), sent, took: performance.now() - began };
  }

  test('what is sent after a refused body is no request', async () => {
    const smuggled = `GET /api/farm HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
    const answer = await raw(
      `GET / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 3\r\n\r\nabc${smuggled}`,
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    expect(asked).toEqual([]);
  });

  test('a head that is too long is refused', async () => {
    const { status, headers } = read(
      await raw(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`),
    );
    expect(status).toBe(431);
    expectPolicy(headers);
  });

  test('HEAD with a body gets no body', async () => {
    const answer = await raw(`HEAD / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 3\r\n\r\nabc`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*\r\n\r\n$/);
  });
});

describe('connections that say little', () => {
  test('thousands of them keep nobody else waiting, and push out their own', async () => {
    await using flooded = await boardOfNight();
    const heads = [
      '',
      'GET / HTTP/1.1\r\n',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${flooded.port}\r\nX:`,
    ];
    const all: Socket[] = [];
    for (let round = 0; round < 3; round += 1) {
      const sockets = await flooded.open(300, heads[round % 3]);
      for (const socket of sockets) socket.resume();
      all.push(...sockets);
      const began = performance.now();
      expect((await fetch(`${flooded.url}/api/farm`)).status).toBe(200);
      // Sooner than any of them is ended.
      expect(performance.now() - began).toBeLessThan(5_000);
    }
    await expect.poll(() => all.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(512);
  });

  test('silence and half a request are ended: they came too slowly', async () => {
    await using hasty = await boardOfNight({ headTimeout: 50 });
    const half = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${hasty.port}\r\nX`;
    for (const answer of await Promise.all([half, ''].map(hasty.raw))) {
      expect(read(answer).status).toBe(408);
      expectPolicy(read(answer).headers);
    }
  });

  test('a client that does not read its answer is dropped', async () => {
    await using hasty = await boardOfNight({ stallTimeout: 50 });
    const id = encodeURIComponent('x'.repeat(10_000));
    const sent = `GET /api/jobs/${id} HTTP/1.1\r\nHost: 127.0.0.1:${hasty.port}\r\n\r\n`;
    const [socket] = await hasty.open(1, sent.repeat(2_000));
    await setTimeout(300);
    socket?.resume();
    if (socket && !socket.closed) await once(socket, 'close');
    expect(socket?.bytesRead).toBeLessThan(2_000 * 10_000);
  });
});

describe('the feed', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 20, 0, second)).toISOString();
  const ids = (all: { id: string }[]) => all.map(({ id }) => id);

  test('gives each transition once to each client, of all or of a job', async () => {
    await using own = await boardOfNight();
    const all = await own.client();
    const other = await own.client();
    const ofJob = await own.client('?job=sq%20020');
    own.tell(transition('a', at(1)), transition('b', at(2), 'sq 020'));
    await expect.poll(() => ids(ofJob.got)).toEqual(['b']);
    await expect.poll(() => ids(all.got)).toEqual(['a', 'b']);
    await expect.poll(() => ids(other.got)).toEqual(['a', 'b']);
    expect(all.got[0]).toEqual(transition('a', at(1)));
    expect(own.asked).toContainEqual(['feed', { job: 'sq 020' }]);
  });

  test('over a reconnect, it goes on after the last one: each comes once', async () => {
    await using own = await boardOfNight();
    const id = (name: string, second: number) => `sq010/${at(second).slice(0, -1)}#${name}#x`;
    const first = await own.client();
    const known = ['a', 'b', 'c'].map(
      (name, index) => [id(name, index + 1), at(index + 1)] as const,
    );
    own.tell(...known.map(([each, time]) => transition(each, time)));
    await expect.poll(() => ids(first.got)).toEqual(known.map(([each]) => each));
    first.socket.close();
    await expect.poll(() => own.listening).toBe(0);
    // The second was sent before the last that the client saw, but came late.
    own.tell(transition(id('d', 4), at(4)), transition(id('late', 2), at(2)));
    const again = await own.client(`?since=${encodeURIComponent(id('c', 3))}`);
    await expect.poll(() => ids(again.got)).toEqual([id('d', 4), id('late', 2)]);
  });

  test('of long ago, all comes, as fast as the client reads', async () => {
    await using own = await boardOfNight();
    // Four times as much as the kernel holds.
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      ...transition(`${index}`, at(index % 60)),
      reason: 'x'.repeat(10_000),
    }));
    own.tell(...many);
    const { got } = await own.client('?since=0');
    await expect.poll(() => got.length, { timeout: 10_000 }).toBe(many.length);
    expect(ids(got)).toEqual(ids(many));
  });

  test.for([
    ['/feed?since=now', 400],
    ['/feed?since=a/b', 400],
    [`/feed?job=${'x'.repeat(10_000)}`, 400],
    ['/feed?job=a&job=b', 400],
    ['/feed?jobs=a', 400],
    ['/feed/', 404],
    ['/', 404],
    ['/api/farm', 404],
  ] as const)('%s is refused', async ([path, status]) => {
    expect(await refused(path)).toBe(status);
    expect(asked).toEqual([]);
  });

  const UPGRADE = `GET /feed HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\n`;
  test.for([
    [`${UPGRADE}Upgrade: websocket\r\n`, 400],
    [
      `${UPGRADE}Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n`,
      400,
    ],
    [`${UPGRADE}Upgrade: h2c\r\n`, 400],
    [`${UPGRADE}Upgrade: websocket\r\nContent-Length: 9\r\n`, 413],
    [`GET /feed HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n`, 426],
    [`POST /feed HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`, 405],
  ] as const)('a handshake that is none is refused: %j', async ([head, expected]) => {
    const { status, headers } = read(await raw(`${head}\r\n`));
    expect(status).toBe(expected);
    expectPolicy(headers);
  });

  test('its handshake has the policy, too', async () => {
    const socket = new WebSocket(`ws://${HOST}/feed`);
    const [{ headers }] = await once(socket, 'upgrade');
    expectPolicy(headers);
    socket.terminate();
  });

  test('has so many clients at most', async () => {
    await using own = await boardOfNight({ mostClients: 2 });
    const [one] = await Promise.all([own.client(), own.client()]);
    const third = new WebSocket(`ws://127.0.0.1:${own.port}/feed`);
    third.on('error', () => undefined);
    const [, { statusCode, headers }] = await once(third, 'unexpected-response');
    expect(statusCode).toBe(503);
    expectPolicy(headers);
    third.terminate();
    one?.socket.close();
    await expect.poll(() => own.listening).toBe(1);
    await own.client();
  });

  test('ignores what clients say, and drops those that say much', async () => {
    const { socket, got } = await board.client();
    for (let each = 0; each < 100; each += 1) socket.send('{"delete":"everything"}');
    socket.ping();
    await once(socket, 'pong');
    board.tell(transition('after', at(1)));
    await expect.poll(() => ids(got)).toEqual(['after']);
    socket.send('x'.repeat(1_025));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
    const masked = connect(port, '127.0.0.1');
    masked.write(
      `${UPGRADE}Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'a'.repeat(22)}==\r\n\r\n`,
    );
    await once(masked, 'data');
    masked.write(Buffer.from([0xff, 0xff, 0xff, 0xff])); // no frame
    masked.resume();
    await once(masked, 'close');
  });

  test('drops a client that does not read, and feeds the others', async () => {
    await using own = await boardOfNight({ mostWaiting: 20 });
    const [slow, quick] = await Promise.all([own.client(), own.client()]);
    slow.socket.pause();
    const long = { ...transition('long', at(1)), reason: 'x'.repeat(100_000) };
    for (let each = 0; each < 200 && own.listening === 2; each += 1) {
      own.tell(long);
      await setTimeout(1);
    }
    await expect.poll(() => own.listening).toBe(1);
    await expect.poll(() => quick.got.length).toBeGreaterThan(10);
    expect(quick.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('drops a client that answers no ping, such as a laptop that sleeps', async () => {
    await using own = await boardOfNight({ pingEvery: 30 });
    const [asleep, awake] = await Promise.all([own.client(), own.client()]);
    asleep.socket.pause();
    await expect.poll(() => own.listening).toBe(1);
    await setTimeout(100);
    expect(awake.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('ends with the server, and says so', async () => {
    const own = await boardOfNight();
    const { socket } = await own.client();
    const closed = once(socket, 'close');
    const silent = await own.open(3);
    for (const each of silent) each.resume();
    const began = performance.now();
    await own[Symbol.asyncDispose]();
    expect(performance.now() - began).toBeLessThan(1_000);
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([1001, 'The board was stopped.']);
    expect(own.listening).toBe(0);
    await expect
      .poll(() => silent.every(({ readableEnded, closed }) => readableEnded || closed))
      .toBe(true);
  });
});

test('a port that is taken is a sentence', async () => {
  const page = new Map();
  const again = startBoardServer({ state: {} as never, page, port });
  await expect(again).rejects.toThrow(
    `Port ${port} is taken: does another board run? Choose another with --port, or --port 0 for any that is free.`,
  );
});

test('it listens on the loopback interface only', async () => {
  const socket = connect(port, '127.0.0.2');
  const [error] = await once(socket, 'error');
  expect(error.code).toBe('ECONNREFUSED');
});
