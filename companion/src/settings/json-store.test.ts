import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { openJsonStore } from './json-store.ts';
import * as privateFile from './private-file.ts';

vi.mock('./private-file.ts', { spy: true });

async function openCounter() {
  const path = join(await temporaryFolder(), 'counter.json');
  const empty = { count: 0 };
  const options = { path, schema: v.object({ count: v.number() }), empty, afterDamage: empty, damageWords: '' };
  const store = await openJsonStore({ ...options, onWarning: () => undefined });
  return { store, onDisk: async () => JSON.parse(await readFile(path, 'utf8')).count };
}

it('writes the last of many changes, and asks the disk twice for all of them', async () => {
  const { store, onDisk } = await openCounter();
  vi.mocked(privateFile.writePrivateFile).mockClear();
  const writes = Array.from({ length: 500 }, (_, index) => {
    store.data.count = index + 1;
    return store.write();
  });
  await Promise.all(writes);
  expect(await onDisk()).toBe(500);
  expect(vi.mocked(privateFile.writePrivateFile).mock.calls.length).toBeLessThanOrEqual(2);
});

it('tells every change that its write brought along when the disk refuses, and goes on afterwards', async () => {
  const { store, onDisk } = await openCounter();
  vi.mocked(privateFile.writePrivateFile).mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  store.data.count = 1;
  const [first, second] = [store.write(), store.write()];
  await expect(first).rejects.toThrow();
  await expect(second).rejects.toThrow();
  store.data.count = 2;
  await store.write();
  expect(await onDisk()).toBe(2);
});
