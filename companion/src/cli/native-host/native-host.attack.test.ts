import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHROMIUM_IDS, MAX_NATIVE_BYTES } from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryHome } from '../fixtures/run-touchstone.ts';
import { answerNative, type Companions } from './answer-native.ts';
import { installHost } from './host-files.ts';
import { hostPlaces } from './host-places.ts';
import { nativeMessage } from './native-frames.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const OURS = `chrome-extension://${CHROMIUM_IDS[0]}/`;

let home: string;
let dispose: () => Promise<void>;
beforeEach(async () => {
  ({ home, dispose } = await temporaryHome());
});
afterEach(() => dispose());

/** Runs the real host as a browser does. @returns what it answered, and whether a companion was started */
async function host(bytes: Uint8Array, args: readonly string[] = [OURS]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { PATH: process.env.PATH, HOME: home, TOUCHSTONE_HOME: join(home, 'data') },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.write(bytes);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const answer = Buffer.concat(chunks);
  expect(answer.readUInt32LE()).toBe(answer.length - 4);
  return { code, answer: JSON.parse(answer.subarray(4).toString()), started: existsSync(join(home, 'data')) };
}

const refused = (code: string) => ({ code: 1, answer: { type: 'failed', error: { code } }, started: false });
const head = (length: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
};

describe('attack: the native messaging host', () => {
  test('make it read an endless message', async () => {
    expect(await host(head(MAX_NATIVE_BYTES + 1))).toMatchObject(refused('bad-message'));
    expect(await host(head(0xffffffff))).toMatchObject(refused('bad-message'));
  });

  test('make it do something else than start and pair', async () => {
    for (const message of [
      { type: 'stop' },
      { type: 'start', path: '/bin/sh' },
      { type: 'pair', home: '/tmp' },
      ['start'],
      'start',
    ]) {
      const nobody: Companions = {
        start: () => Promise.reject(new Error('must not start')),
        ask: () => Promise.reject(new Error('must not ask')),
      };
      await expect(answerNative(message, nobody)).rejects.toMatchObject({ code: 'bad-message' });
    }
    expect(await host(nativeMessage({ type: 'run', command: 'id' }))).toMatchObject(refused('bad-message'));
    expect(await host(Buffer.concat([head(3), Buffer.from([0x22, 0xff, 0x22])]))).toMatchObject(refused('bad-message'));
  });

  test('ask from another extension', async () => {
    for (const args of [
      [`chrome-extension://${'a'.repeat(32)}/`],
      [`chrome-extension://${CHROMIUM_IDS[0]}.evil.example/`],
      [`https://evil.example/?${OURS}`],
      [join(home, 'touchstone.companion.json'), 'other@extension'],
      [],
    ]) {
      expect(await host(nativeMessage({ type: 'pair' }), args)).toMatchObject(refused('unauthorized'));
    }
  });

  test('have a file of others overwritten through a link in the place of a manifest or the program', () => {
    const victim = join(home, 'victim');
    writeFileSync(victim, 'precious');
    const data = join(home, 'data');
    mkdirSync(join(data, 'native-host'), { recursive: true });
    const places = hostPlaces('linux', home, data);
    for (const path of [...places.map(({ file }) => file), join(data, 'native-host', 'touchstone-browser')]) {
      mkdirSync(join(path, '..'), { recursive: true });
      symlinkSync(victim, path);
    }
    installHost(places, data, 'linux');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });
});
