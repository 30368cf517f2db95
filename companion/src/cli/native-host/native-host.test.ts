import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM_IDS, CHROMIUM_KEY, FIREFOX_ID, MAX_NATIVE_BYTES, NATIVE_HOST } from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonLines, runTouchstone, temporaryHome } from '../fixtures/run-touchstone.ts';
import { hostProgram, hostState, installHost, removeHost } from './host-files.ts';
import { hostManifest, hostPlaces } from './host-places.ts';
import { nativeMessage } from './native-frames.ts';

let home: string;
let data: string;
let dispose: () => Promise<void>;
beforeEach(async () => {
  ({ home, dispose } = await temporaryHome());
  data = join(home, 'data');
});
afterEach(() => dispose());

describe('the native messaging host', () => {
  it('is for the id that the key of the manifest makes, as Chromium computes it', () => {
    const hash = createHash('sha256').update(Buffer.from(CHROMIUM_KEY, 'base64')).digest('hex').slice(0, 32);
    const letters = [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
    expect(CHROMIUM_IDS).toContain(letters.join(''));
  });

  it('is known to four browsers, each in its own place and words', () => {
    const files = hostPlaces('linux', '/home/me', '/data').map(({ file }) => file);
    expect(files).toEqual([
      `/home/me/.config/google-chrome/NativeMessagingHosts/${NATIVE_HOST}.json`,
      `/home/me/.config/chromium/NativeMessagingHosts/${NATIVE_HOST}.json`,
      `/home/me/.config/microsoft-edge/NativeMessagingHosts/${NATIVE_HOST}.json`,
      `/home/me/.mozilla/native-messaging-hosts/${NATIVE_HOST}.json`,
    ]);
    expect(hostManifest('edge', '/p')).toMatchObject({ allowed_origins: [`chrome-extension://${CHROMIUM_IDS[0]}/`] });
    expect(hostManifest('firefox', '/p')).toMatchObject({
      allowed_extensions: [FIREFOX_ID],
      type: 'stdio',
      path: '/p',
    });
    // Chromium refuses other names: lower case, digits, dots and underscores.
    expect(NATIVE_HOST).toMatch(/^\w+(\.\w+)*$/);
  });

  it('has places on macOS, and keys of the registry on Windows', () => {
    expect(hostPlaces('darwin', '/Users/me', '/data').map(({ file }) => file)).toContain(
      `/Users/me/Library/Application Support/Google/Chrome/NativeMessagingHosts/${NATIVE_HOST}.json`,
    );
    const keys = hostPlaces('win32', 'C:\\me', 'C:\\data').map(({ key }) => key);
    expect(keys).toContain(`HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\${NATIVE_HOST}`);
    expect(keys).toContain(`HKCU\\Software\\Mozilla\\NativeMessagingHosts\\${NATIVE_HOST}`);
    const { name, text } = hostProgram('win32', { TOUCHSTONE_HOME: 'C:\\data' });
    expect(name).toMatch(/\.cmd$/);
    expect(text).toContain('set "TOUCHSTONE_HOME=C:\\data"\r\n');
    expect(text).toMatch(/ %\*\r\n$/);
  });

  it('is installed for the person alone, told as installed, and removed without a trace', () => {
    const places = hostPlaces('linux', home, data);
    const program = installHost(places, data, 'linux');
    expect(statSync(program).mode & 0o777).toBe(0o700);
    expect(places.map(hostState)).toEqual(places.map(() => 'installed'));
    writeFileSync(
      places[0]?.file ?? '',
      JSON.stringify({ ...hostManifest('chrome', program), allowed_origins: ['x'] }),
    );
    expect(places.map(hostState)[0]).toBe('foreign');
    removeHost(places, data);
    expect(places.map(hostState)).toEqual(places.map(() => 'missing'));
    expect(existsSync(program)).toBe(false);
  });

  it('starts a companion and tells its port and a code, by the program that the manifest names', async () => {
    const environment = { HOME: home, TOUCHSTONE_PORT: '0' };
    const installed = await runTouchstone(['browser', 'install'], { home: data, environment });
    expect(installed.stdout).toContain('firefox');
    const listed = jsonLines(
      (await runTouchstone(['browser', 'status', '--json'], { home: data, environment })).stdout,
    );
    expect(listed.slice(0, 4).map(({ state }) => state)).toEqual(['installed', 'installed', 'installed', 'installed']);
    const [{ file } = { file: '' }] = hostPlaces('linux', home, data);
    const { path } = JSON.parse(readFileSync(file, 'utf8'));
    const ask = (type: string) => {
      const run = spawnSync(path, [`chrome-extension://${CHROMIUM_IDS[0]}/`], {
        input: nativeMessage({ type }),
        env: { HOME: home, PATH: process.env.PATH },
      });
      expect(run.stdout.length).toBeLessThan(MAX_NATIVE_BYTES);
      return JSON.parse(run.stdout.subarray(4).toString());
    };
    try {
      const started = ask('start');
      expect(started).toEqual({ type: 'running', port: expect.any(Number) });
      const paired = ask('pair');
      expect(paired).toEqual({
        type: 'running',
        port: started.port,
        code: expect.stringMatching(/^[0-9A-Z-]{16,19}$/),
      });
    } finally {
      await runTouchstone(['stop'], { home: data, environment });
    }
  });
});
