import { chmod, lstat, mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CompanionStatus } from '@touchstone/shared';
import * as v from 'valibot';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { askCompanion } from './control-connection.ts';
import { type ControlFile, readControlFile, writeControlFile } from './control-file.ts';
import { findRunningCompanion } from './running-companion.ts';

const token = 'T'.repeat(43);

async function controlOf(home: string): Promise<ControlFile> {
  const control = await readControlFile(home);
  if (!control) throw new Error('there is no control file');
  return control;
}

/** Listens where a companion did, answers as it is told and keeps what it hears. */
async function squat(path: string, answer: (heard: string) => string): Promise<{ heard: () => string }> {
  let heard = '';
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      heard += data;
      socket.write(answer(heard));
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  return { heard: () => heard };
}

const json = (value: unknown): string => {
  const body = JSON.stringify(value);
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};

const check = (control: ControlFile) =>
  askCompanion(control, { method: 'POST', path: '/api/check', headers: {}, body: Buffer.from('the picture') });

/** A data folder whose companion was killed, and what it left in `control.json`. */
async function afterCrash(): Promise<{ home: string; control: ControlFile }> {
  const home = await temporaryFolder();
  const control = { port: 9, token, socket: join(home, 'companion.sock'), pid: process.pid };
  await writeControlFile(home, control);
  return { home, control };
}

describe('attack: the command line’s way to the companion', () => {
  test('get the token and the picture after a crash by listening on the port', async () => {
    const { home, control } = await afterCrash();
    const server = createServer((socket) => socket.on('data', (data) => heard.push(String(data))));
    const heard: string[] = [];
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    await writeControlFile(home, { ...control, port: typeof address === 'object' && address ? address.port : 0 });
    expect(await findRunningCompanion(home)).toBeUndefined();
    await expect(check(control)).rejects.toMatchObject({ code: 'companion-not-genuine' });
    expect(heard).toEqual([]);
  });

  test('get the token and the picture after a crash by listening on the socket', async () => {
    const { control } = await afterCrash();
    const squatter = await squat(control.socket, () =>
      json({ pid: process.pid, nonce: 'A'.repeat(43), proof: 'A'.repeat(43) }),
    );
    await expect(check(control)).rejects.toMatchObject({ code: 'companion-not-genuine' });
    expect(squatter.heard()).toContain('touchstone-nonce');
    expect(squatter.heard()).not.toMatch(/authorization|the picture|TTTT/i);
  });

  test('get the token by relaying the question for a proof to the real companion', async () => {
    const { home } = await startTestCompanion();
    const control = await controlOf(home);
    const folder = await temporaryFolder();
    const elsewhere = join(folder, 'companion.sock');
    let heard = '';
    const relay = createServer((client) => {
      const real = connect(control.socket);
      client.on('data', (data) => {
        heard += data;
      });
      client.pipe(real).pipe(client);
      for (const end of [client, real]) end.on('error', () => {});
      client.on('close', () => real.destroy());
    });
    await new Promise<void>((resolve) => relay.listen(elsewhere, resolve));
    onTestFinished(() => void relay.close());
    await expect(check({ ...control, socket: elsewhere })).rejects.toMatchObject({ code: 'companion-not-genuine' });
    expect(heard).toContain('touchstone-nonce');
    expect(heard).not.toContain(control.token);
  });

  test('get the token by replaying a proof that the companion gave before', async () => {
    const { home, companion } = await startTestCompanion();
    const control = await controlOf(home);
    const recorded = await text(
      await new Promise<NodeJS.ReadableStream>((resolve) => {
        request(
          { socketPath: control.socket, path: '/api/proof', headers: { 'touchstone-nonce': 'A'.repeat(43) } },
          resolve,
        ).end();
      }),
    );
    expect(JSON.parse(recorded)).toMatchObject({ proof: expect.stringMatching(/^[\w-]{43}$/) });
    await companion.stop();
    const squatter = await squat(control.socket, () => json(JSON.parse(recorded)));
    await expect(check(control)).rejects.toMatchObject({ code: 'companion-not-genuine' });
    expect(squatter.heard()).not.toContain(control.token);
  });

  test('be asked at all, from a folder that other users may enter', async () => {
    const { control } = await afterCrash();
    const squatter = await squat(control.socket, () => '');
    for (const mode of [0o755, 0o770, 0o701]) {
      await chmod(dirname(control.socket), mode);
      await expect(check(control)).rejects.toMatchObject({ code: 'companion-not-genuine' });
    }
    expect(squatter.heard()).toBe('');
  });

  test('be asked at all, behind a link in place of the socket', async () => {
    const { home, control } = await afterCrash();
    const squatter = await squat(join(home, 'mine.sock'), () => '');
    await symlink(join(home, 'mine.sock'), control.socket);
    await expect(check(control)).rejects.toMatchObject({ code: 'companion-not-genuine' });
    expect(squatter.heard()).toBe('');
  });

  test('fill the memory of the command line with a proof that has no end', async () => {
    const { control } = await afterCrash();
    const endless = `HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n${'x'.repeat(100_000)}`;
    await squat(control.socket, () => endless);
    await expect(check(control)).rejects.toMatchObject({ code: 'companion-not-genuine' });
  });

  test('have a proof made on the port, where everybody can ask', async () => {
    const { request: ask } = await startTestCompanion();
    const answer = await ask('/api/proof', { headers: { 'touchstone-nonce': 'A'.repeat(43) } });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('proof');
  });

  test('use the API on the socket without the token', async () => {
    const { home } = await startTestCompanion();
    const control = await controlOf(home);
    const wrong = { ...control, token: 'x'.repeat(43) };
    await expect(check(wrong)).rejects.toMatchObject({ code: 'companion-not-genuine' });
    for (const headers of [{}, { authorization: `Bearer ${'x'.repeat(43)}` }]) {
      const status = await new Promise((resolve) => {
        request({ socketPath: control.socket, path: '/api/status', headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).end();
      });
      expect(status).toBe(401);
    }
  });

  test('reach the socket as another user, through any umask', async () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const { home } = await startTestCompanion();
    const { socket } = await controlOf(home);
    expect((await lstat(socket)).mode & 0o777).toBe(0o600);
    expect((await lstat(dirname(socket))).mode & 0o777).toBe(0o700);
    expect((await lstat(join(home, 'control.json'))).mode & 0o777).toBe(0o600);
  });

  test('push the socket out of its private folder by a long path', async () => {
    const home = join(await temporaryFolder(), 'x'.repeat(120));
    const { companion } = await startTestCompanion({ home });
    const control = await controlOf(home);
    expect(Buffer.byteLength(control.socket)).toBeLessThanOrEqual(100);
    expect((await lstat(dirname(control.socket))).mode & 0o777).toBe(0o700);
    const answer = await askCompanion(control, { method: 'GET', path: '/api/status', headers: {} });
    expect(v.parse(CompanionStatus, JSON.parse(await text(answer))).pid).toBe(process.pid);
    await companion.stop();
    await expect(lstat(dirname(control.socket))).rejects.toThrow('ENOENT');
  });

  test('keep a companion from starting by what a killed one left: control file, socket, process id in use', async () => {
    const { home, control } = await afterCrash();
    // The process id in it lives, as after a reboot or a wrap of the numbers.
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(control.socket, resolve));
    await rename(control.socket, `${control.socket}.kept`);
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    await rename(`${control.socket}.kept`, control.socket).catch(() => writeFile(control.socket, ''));
    const { companion } = await startTestCompanion({ home });
    expect((await findRunningCompanion(home))?.port).toBe(companion.port);
    expect((await controlOf(home)).token).not.toBe(token);
  });

  test('keep a companion from starting by a folder in place of the socket, without saying why', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, 'companion.sock'));
    await expect(startTestCompanion({ home })).rejects.toMatchObject({
      code: 'folder-unusable',
      detail: expect.stringContaining('companion.sock'),
    });
  });

  test('hand the command line a control file of one’s own by a link', async () => {
    const { home, control } = await afterCrash();
    const other = await temporaryFolder();
    await writeControlFile(other, control);
    await rename(join(home, 'control.json'), join(home, 'old.json'));
    await symlink(join(other, 'control.json'), join(home, 'control.json'));
    expect(await readControlFile(home)).toBeUndefined();
  });

  test('find the token, or the key of a proof, in what the companion logs', async () => {
    const { home, companion } = await startTestCompanion();
    const control = await controlOf(home);
    await check(control).then((answer) => answer.resume());
    await check({ ...control, token: 'x'.repeat(43) }).catch(() => {});
    const { code } = companion.newPairing();
    await companion.stop();
    for (const name of await readdir(companion.logFolder)) {
      const lines = await readFile(join(companion.logFolder, name), 'utf8');
      for (const secret of [control.token, code]) expect(lines).not.toContain(secret);
    }
  });
});
