import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const main = resolve(import.meta.dirname, '../../../companion/src/cli/main.ts');

export interface NativeHostOfTest {
  /** Text of the manifest for Chromium, as `touchstone browser install` wrote it. */
  readonly manifest: string;
  /** Stops the companion that the host has started. */
  stop(): Promise<void>;
  dispose(): Promise<void>;
}

/** The real native messaging host, installed for a home folder of its own; no companion runs yet. */
export async function temporaryNativeHost(): Promise<NativeHostOfTest> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-native-'));
  const env = {
    ...process.env,
    HOME: home,
    TOUCHSTONE_HOME: join(home, 'data'),
    TOUCHSTONE_PORT: '0',
    TOUCHSTONE_NO_OPEN: '1',
  };
  const touchstone = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env });
  await touchstone('browser', 'install');
  const file = join(home, '.config/chromium/NativeMessagingHosts/touchstone.companion.json');
  return {
    manifest: await readFile(file, 'utf8'),
    stop: async () => void (await touchstone('stop')),
    async dispose() {
      await touchstone('stop').catch(() => undefined);
      await rm(home, { recursive: true, force: true });
    },
  };
}
