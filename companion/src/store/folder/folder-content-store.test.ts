import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { syncFolder } from '../../settings/private-file.ts';
import { describeContentStore, hashOf } from '../fixtures/content-conformance.ts';
import { memoryContentStore } from '../fixtures/memory-content-store.ts';
import { openFolderContentStore } from './folder-content-store.ts';

vi.mock('../../settings/private-file.ts', { spy: true });

async function temporaryRoot(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-content-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'content');
}

describeContentStore('a folder', async () => openFolderContentStore(await temporaryRoot()));
describeContentStore('tests', async () => memoryContentStore());

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

it('keeps other users of this computer out, whatever the umask', async () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const root = await temporaryRoot();
  const store = await openFolderContentStore(root);
  const { sha256 } = await store.put(randomBytes(10));
  const shelf = join(root, sha256.slice(0, 2));
  expect([await modeOf(root), await modeOf(shelf), await modeOf(join(shelf, sha256))]).toEqual([0o700, 0o700, 0o600]);
});

it('removes at the start what a killed process left half written, and nothing whole', async () => {
  const root = await temporaryRoot();
  const { sha256 } = await (await openFolderContentStore(root)).put(randomBytes(10));
  await writeFile(join(root, 'incoming', 'half'), 'half');
  const store = await openFolderContentStore(root);
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
  expect(await store.read(sha256)).toBeDefined();
});

it('leaves to other processes what they write at this moment, where it is shared', async () => {
  const root = await temporaryRoot();
  await openFolderContentStore(root);
  const [now, old] = ['now', 'old'].map((name) => join(root, 'incoming', name));
  for (const path of [now, old]) await writeFile(path ?? '', 'half');
  const longAgo = new Date(Date.now() - 25 * 60 * 60_000);
  await utimes(old ?? '', longAgo, longAgo);
  await openFolderContentStore(root, { shared: true });
  expect(await readdir(join(root, 'incoming'))).toEqual(['now']);
});

it('says nothing is there where the file is not what its name says', async () => {
  const root = await temporaryRoot();
  const store = await openFolderContentStore(root);
  const { sha256 } = await store.put(randomBytes(10));
  await writeFile(join(root, sha256.slice(0, 2), sha256), 'exchanged');
  expect(await store.read(sha256)).toBeUndefined();
});

it('writes through no link: a planted one is replaced, its target untouched', async () => {
  const root = await temporaryRoot();
  const store = await openFolderContentStore(root);
  const bytes = randomBytes(10);
  const sha256 = hashOf(bytes);
  const target = join(root, '..', 'target');
  await writeFile(target, 'a letter');
  await mkdir(join(root, sha256.slice(0, 2)));
  await symlink(target, join(root, sha256.slice(0, 2), sha256));
  expect(await store.read(sha256)).toBeUndefined();
  expect(await store.withFile(sha256, async () => 'followed')).toBeUndefined();
  await store.put(bytes);
  expect(await readFile(target, 'utf8')).toBe('a letter');
  expect(Buffer.from((await store.read(sha256)) ?? [])).toEqual(bytes);
});

it('enters no folder that is a link', async () => {
  const root = await temporaryRoot();
  const store = await openFolderContentStore(root);
  const bytes = randomBytes(10);
  const elsewhere = join(root, '..', 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, join(root, hashOf(bytes).slice(0, 2)));
  await expect(store.put(bytes)).rejects.toMatchObject({ code: 'folder-unusable' });
  expect([await readdir(elsewhere), await readdir(join(root, 'incoming'))]).toEqual([[], []]);
});

it('takes no name that is no hash', async () => {
  const store = await openFolderContentStore(await temporaryRoot());
  await expect(store.read('../../etc/passwd')).rejects.toThrow('not a hash');
  await expect(store.remove('..')).rejects.toThrow('not a hash');
});

it('syncs the root again for a folder that was taken away meanwhile', async () => {
  const root = await temporaryRoot();
  const store = await openFolderContentStore(root);
  const rootSyncs = () => vi.mocked(syncFolder).mock.calls.filter(([folder]) => folder === root).length;
  const { sha256 } = await store.put(Buffer.from('kept'));
  await store.put(Buffer.from('kept'));
  const before = rootSyncs();
  await rm(join(root, sha256.slice(0, 2)), { recursive: true });
  await store.put(Buffer.from('kept'));
  expect([before, rootSyncs()]).toEqual([1, 2]);
});
