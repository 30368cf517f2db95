import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { storageSizes } from './storage-sizes.ts';

it('tells bytes by what they are, and follows no link out of the folder', async () => {
  const [home, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(elsewhere, 'large'), new Uint8Array(100_000));
  await writeFile(join(home, 'history.sqlite'), new Uint8Array(4_096));
  await writeFile(join(home, 'history.sqlite-wal'), new Uint8Array(1_000));
  await mkdir(join(home, 'content', 'ab'), { recursive: true });
  await writeFile(join(home, 'content', 'ab', 'cd'), new Uint8Array(700));
  await writeFile(join(home, 'settings.json'), '{}');
  await symlink(elsewhere, join(home, 'packs'));
  const sizes = await storageSizes(home);
  expect(sizes).toMatchObject({ history: 5_096, content: 700, spool: 0, logs: 0, other: 2 });
  expect(sizes.packs).toBeLessThan(1_000);
});
