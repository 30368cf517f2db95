import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../../..');
const script = join(root, 'companion/src/evidence/fixtures/write-signed-pictures.ts');
const photograph = join(root, 'companion/assets/samples/coffee.png');

export const SIGNED = ['trusted-ai', 'trusted-camera', 'edited', 'broken', 'unknown-signer', 'plain'] as const;

export interface SignedPictures {
  readonly pictures: Readonly<Record<(typeof SIGNED)[number], Buffer>>;
  /** Makes a companion trust the signers of these pictures. @param home its data folder */
  trust(home: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Pictures with Content Credentials of every kind, signed by authorities that exist for this run alone. */
export async function signPictures(): Promise<SignedPictures> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-signed-'));
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', script, photograph, folder]);
  const entries = await Promise.all(
    SIGNED.map(async (name) => [name, await readFile(join(folder, `${name}.jpg`))] as const),
  );
  return {
    pictures: Object.fromEntries(entries) as SignedPictures['pictures'],
    async trust(home) {
      await mkdir(join(home, 'trust'), { recursive: true });
      await cp(join(folder, 'signers.pem'), join(home, 'trust', 'signers.pem'));
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
