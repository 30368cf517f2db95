import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestCompanion } from '../gateway/fixtures/test-companion.ts';
import { programOf } from '../gateway/fixtures/token-of.ts';
import { findTarget, isLoopback, readTarget } from './local-target.ts';
import { sendMessage } from './send-message.ts';

const OWN_PORT = 47_615;
const EVER = new AbortController().signal;

/** Listens on 127.0.0.1 until the test is over. @returns the port */
async function listenAt(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const to = (port: number) => ({ address: '127.0.0.1', port, path: '/', host: `127.0.0.1:${port}` });

describe('attack: what a webhook could be made to reach', () => {
  it('reach another computer by name, address or the many forms of either', async () => {
    const test = await startTestCompanion();
    const program = await programOf(test, 'check');
    for (const url of [
      'http://example.com/',
      'http://127.0.0.1.nip.io/',
      'http://localhost.example/',
      'http://sub.localhost:9000/',
      'http://localhost.:9000/',
      'http://192.168.0.1:9000/',
      'http://10.0.0.1:9000/',
      'http://169.254.169.254/latest/meta-data/',
      'http://0.0.0.0:9000/',
      'http://0:9000/',
      'http://3232235521:9000/',
      'http://0xc0.0xa8.0.1:9000/',
      'http://[::]:9000/',
      'http://[::2]:9000/',
      'http://[::ffff:192.168.0.1]:9000/',
      'http://[::ffff:127.0.0.1]:9000/',
      'http://[::127.0.0.1]:9000/',
      'http://[64:ff9b::7f00:1]:9000/',
      'http://[fe80::1]:9000/',
      'http://[fd00::1]:9000/',
      'http://127.0.0.1@evil.example/',
      'http://evil.example#@127.0.0.1/',
      'http://evil.example\\@127.0.0.1:9000/',
      'https://127.0.0.1:9000/',
      'ftp://127.0.0.1:9000/',
      'file:///etc/passwd',
      'unix:/run/docker.sock',
      'javascript:alert(1)',
      '//127.0.0.1:9000/',
      '127.0.0.1:9000',
      '',
    ]) {
      const answer = await program.ask('/v1/webhooks', { method: 'POST', body: JSON.stringify({ url }) });
      expect([answer.status, answer.json()], url).toMatchObject([400, { code: 'bad-request' }]);
    }
    expect((await program.ask('/v1/webhooks')).json()).toEqual([]);
  });

  it('reach it by a name that is looked up: no other than "localhost" ever is, and that one is checked each time', async () => {
    const asked: string[] = [];
    const at =
      (...addresses: string[]) =>
      async (name: string) => {
        asked.push(name);
        return addresses;
      };
    await expect(findTarget('http://evil.example/', OWN_PORT, at('127.0.0.1'))).rejects.toThrow('only this computer');
    expect(asked).toEqual([]);
    const local = 'http://localhost:9000/x?y';
    // As an edited file of hosts would have it, also beside a right one.
    for (const found of [['192.168.0.1'], ['127.0.0.1', '192.168.0.1'], ['::1', '::ffff:10.0.0.1'], []]) {
      await expect(findTarget(local, OWN_PORT, at(...found))).rejects.toThrow('not on this computer');
    }
    expect(await findTarget(local, OWN_PORT, at('127.0.0.2', '::1'))).toEqual({
      address: '127.0.0.2',
      port: 9000,
      path: '/x?y',
      host: 'localhost:9000',
    });
  });

  it('pass for this computer in another form', () => {
    for (const address of ['127.0.0.1', '127.255.255.254', '::1']) expect(isLoopback(address), address).toBe(true);
    for (const address of [
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '0:0:0:0:0:0:0:1%1',
      '128.0.0.1',
      '126.255.255.255',
      '::',
      '0.0.0.0',
      'localhost',
      '',
    ])
      expect(isLoopback(address), address).toBe(false);
    // What means this computer is this computer, however it is written.
    for (const url of [
      'http://2130706433:9000/',
      'http://0x7f.1:9000/',
      'http://127.1:9000/',
      'http://[0:0::1]:9000/',
    ]) {
      expect(readTarget(url, OWN_PORT), url).toHaveProperty('target');
    }
  });

  it("reach Touchstone itself, or a service of the system that takes a request's lines for commands", async () => {
    const test = await startTestCompanion();
    const program = await programOf(test, 'check');
    const { port } = test.companion;
    for (const host of ['127.0.0.1', '127.0.0.9', 'localhost', '[::1]', '2130706433']) {
      for (const odd of [port, 0, 22, 25, 53, 110, 631, 1023, 6000, 6379, 6667]) {
        const body = JSON.stringify({ url: `http://${host}:${odd}/api/shutdown` });
        const answer = await program.ask('/v1/webhooks', { method: 'POST', body });
        expect(answer.status, `${host}:${odd}`).toBe(400);
      }
    }
    // The companion moved onto the port of a listener that was there before.
    await expect(findTarget('http://127.0.0.1:9000/', 9000)).rejects.toThrow('own port');
  });

  it('be sent on to another address by a redirect', async () => {
    let reached = 0;
    const inside = await listenAt(
      createServer((_request, response) => {
        reached += 1;
        response.end();
      }),
    );
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await listenAt(
        createServer((_request, response) => {
          response.writeHead(status, { location: `http://127.0.0.1:${inside}/` }).end();
        }),
      );
      expect(await sendMessage(to(port), '{}', {}, EVER)).toEqual({ status });
    }
    expect(reached).toBe(0);
  });

  it('fill the memory with a huge answer, or with huge headers', async () => {
    let written = 0;
    const port = await listenAt(
      createServer((_request, response) => {
        response.writeHead(200);
        const chunk = Buffer.alloc(64 * 1024);
        const write = (): void => {
          while (!response.destroyed && response.write(chunk)) written += chunk.length;
        };
        response.on('drain', write).on('error', () => {});
        write();
      }),
    );
    expect(await sendMessage(to(port), '{}', {}, EVER)).toEqual({ status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    // What fits into the buffers of a connection, not what it would have sent in that time.
    expect(written).toBeLessThan(16 * 1024 * 1024);
    const wide = await listenAt(
      createTcpServer((socket) => {
        socket.on('error', () => {});
        socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(1024 * 1024)}\r\n\r\n`);
      }),
    );
    expect(await sendMessage(to(wide), '{}', {}, EVER)).toEqual({ failure: expect.stringMatching(/header/i) });
  });

  it('hold a delivery for good by a slow answer, a silent one, or none in HTTP', async () => {
    const sockets: Socket[] = [];
    const keep = (socket: Socket): void => {
      socket.on('error', () => {});
      sockets.push(socket);
    };
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    const silent = await listenAt(createTcpServer(keep));
    const slow = await listenAt(
      createTcpServer((socket) => {
        keep(socket);
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write('a: b\r\n')), 20);
      }),
    );
    for (const port of [silent, slow]) {
      expect(await sendMessage(to(port), '{}', {}, EVER, 300)).toEqual({ failure: 'no answer within 0.3 s' });
    }
    const other = await listenAt(
      createTcpServer((socket) => void socket.on('error', () => {}).end('220 mail ready\r\n')),
    );
    expect(await sendMessage(to(other), '{}', {}, EVER)).toEqual({ failure: expect.any(String) });
    const nobody = await listenAt(createTcpServer());
    await new Promise<void>((resolve) => void connect(nobody, '127.0.0.1').once('connect', resolve));
    const closed = 9;
    expect(await sendMessage(to(closed), '{}', {}, EVER)).toEqual({ failure: expect.any(String) });
  });
});
