import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createContents } from './contents.ts';
import { hashOf } from './fixtures/content-conformance.ts';
import { memoryContentStore } from './fixtures/memory-content-store.ts';

function contentsFor(needed: ReadonlySet<string>) {
  const store = memoryContentStore();
  return { store, contents: createContents(store, (hash) => needed.has(hash)) };
}

it('keeps held content until the last one lets it go, then only what is needed', async () => {
  const needed = new Set<string>();
  const { contents } = contentsFor(needed);
  const bytes = randomBytes(10);
  const [first, second] = [await contents.hold(bytes), await contents.hold(bytes)];
  await first.release();
  await first.release();
  await contents.forget([first.sha256]);
  expect(await contents.read(first.sha256)).toBeDefined();
  needed.add(first.sha256);
  await second.release();
  expect(await contents.read(first.sha256)).toBeDefined();
  needed.clear();
  await contents.forget([first.sha256]);
  expect(await contents.read(first.sha256)).toBeUndefined();
});

it('sweeps away what nobody needs', async () => {
  const bytes = [randomBytes(10), randomBytes(10)];
  const { store, contents } = contentsFor(new Set([hashOf(bytes[0] ?? randomBytes(1))]));
  for (const one of bytes) await store.put(one);
  await contents.sweep();
  expect(await Promise.all(bytes.map(async (one) => (await store.read(hashOf(one))) !== undefined))).toEqual([
    true,
    false,
  ]);
});

it('loses nothing that is put again while it is being removed', async () => {
  const store = memoryContentStore();
  const gate = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const slow = {
    ...store,
    async remove(sha256: string) {
      began.resolve();
      await gate.promise;
      return store.remove(sha256);
    },
  };
  const contents = createContents(slow, () => false);
  const bytes = randomBytes(10);
  await store.put(bytes);
  const forgetting = contents.forget([hashOf(bytes)]);
  await began.promise;
  const holding = contents.hold(bytes);
  gate.resolve();
  await forgetting;
  const held = await holding;
  expect(await contents.read(held.sha256)).toBeDefined();
});
