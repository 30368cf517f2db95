import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeContentStore, hashOf } from '../../store/fixtures/content-conformance.ts';
import { startS3Double } from '../fixtures/s3-double.ts';
import { openS3ContentStore } from './s3-content-store.ts';

async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-s3-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function storeWithDouble(pageSize?: number) {
  const double = await startS3Double(pageSize);
  const scratch = await scratchFolder();
  return { double, scratch, store: await openS3ContentStore(double.place, scratch) };
}

describeContentStore('S3', async () => (await storeWithDouble()).store);

it('is refused with another key, and says so', async () => {
  const { double } = await storeWithDouble();
  const place = { ...double.place, secretAccessKey: 'another' };
  const store = await openS3ContentStore(place, await scratchFolder());
  await expect(store.put(randomBytes(10))).rejects.toMatchObject({
    code: 'log-failed',
    detail: expect.stringContaining('SignatureDoesNotMatch'),
  });
  expect(double.objects.size).toBe(0);
});

it('lays objects below the prefix of its address, and lists every page of them', async () => {
  const { double, store } = await storeWithDouble(2);
  const bytes = Array.from({ length: 5 }, () => randomBytes(8));
  for (const one of bytes) await store.put(one);
  expect([...double.objects.keys()].every((name) => /^captures\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name))).toBe(true);
  const listed: string[] = [];
  for await (const name of store.list()) listed.push(name);
  expect(listed.toSorted()).toEqual(bytes.map(hashOf).toSorted());
});

it('waits when it is told to slow down', async () => {
  const { double, store } = await storeWithDouble();
  double.slowDown(2);
  const { sha256 } = await store.put(randomBytes(10));
  expect(await store.size(sha256)).toBe(10);
});

it('gives a file for as long as the work takes, and leaves nothing behind', async () => {
  const { store, scratch } = await storeWithDouble();
  const bytes = randomBytes(5_000);
  const { sha256 } = await store.put(bytes);
  expect(await store.withFile(sha256, (path) => readFile(path))).toEqual(bytes);
  expect(await store.withFile('0'.repeat(64), async () => 'a file')).toBeUndefined();
  expect(await readdir(scratch)).toEqual([]);
});

it('says nothing is there where the object is not what its name says', async () => {
  const { double, store } = await storeWithDouble();
  const { sha256 } = await store.put(randomBytes(10));
  for (const name of double.objects.keys()) double.objects.set(name, randomBytes(10));
  expect(await store.read(sha256)).toBeUndefined();
  expect(await store.withFile(sha256, async () => 'read')).toBeUndefined();
});

it('takes no name that is no hash', async () => {
  const { store } = await storeWithDouble();
  await expect(store.read('../../other/object')).rejects.toThrow('not a hash');
});

it('wants a bucket in its address', async () => {
  const { double } = await storeWithDouble();
  const place = { ...double.place, address: new URL('/', double.place.address).href };
  await expect(openS3ContentStore(place, await scratchFolder())).rejects.toMatchObject({ code: 'folder-unusable' });
});
