import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { MAX_TOKENS, openTokens } from './token-store.ts';
import { newTokenText } from './token-text.ts';

const DAY_MS = 24 * 60 * 60_000;

async function openStore() {
  const folder = await temporaryFolder();
  const warnings: string[] = [];
  const clock = { at: Date.UTC(2026, 0, 1) };
  const open = () =>
    openTokens(
      folder,
      (message) => warnings.push(message),
      () => clock.at,
    );
  return { folder, warnings, clock, open, store: await open() };
}

describe('the tokens of programs', () => {
  it('are kept over a start without their texts, readable by the owner alone', async () => {
    const { folder, open, store } = await openStore();
    const { token, ...told } = await store.create({ name: 'robot', scopes: ['read', 'check', 'read'], days: null });
    expect(told).toMatchObject({ name: 'robot', scopes: ['read', 'check'], expiresAt: null, lastUsedAt: null });
    const file = join(folder, 'tokens.json');
    expect(await readFile(file, 'utf8')).not.toContain(token.slice(4));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await open();
    expect(again.list()).toEqual([told]);
    expect(again.use(token)?.id).toBe(told.id);
    expect(JSON.stringify(again.list())).not.toContain('hash');
  });

  it('end on their day, or when they are revoked, for good', async () => {
    const { clock, open, store } = await openStore();
    const short = await store.create({ name: 'a', scopes: ['read'], days: 1 });
    const long = await store.create({ name: 'b', scopes: ['read'], days: null });
    clock.at += DAY_MS - 1;
    expect(store.use(short.token)).toBeDefined();
    clock.at += 1;
    expect(store.use(short.token)).toBeUndefined();
    expect(store.use(long.token)).toBeDefined();
    expect(await store.revoke(long.id)).toBe(true);
    expect([store.use(long.token), await store.revoke(long.id)]).toEqual([undefined, false]);
    expect((await open()).use(long.token)).toBeUndefined();
  });

  it('are not what only looks like one', async () => {
    const { store } = await openStore();
    await store.create({ name: 'a', scopes: ['read'], days: null });
    for (const text of ['', 'tst_', newTokenText()]) expect(store.use(text)).toBeUndefined();
  });

  it('note when they were last used, to the minute', async () => {
    const { clock, open, store } = await openStore();
    const { token } = await store.create({ name: 'a', scopes: ['read'], days: null });
    const first = clock.at;
    expect(store.use(token)?.lastUsedAt).toBe(first);
    clock.at += 59_999;
    expect(store.use(token)?.lastUsedAt).toBe(first);
    clock.at += 1;
    expect(store.use(token)?.lastUsedAt).toBe(first + 60_000);
    await store.settled();
    expect((await open()).list()[0]?.lastUsedAt).toBe(first + 60_000);
  });

  it('are as many as can be kept in mind', async () => {
    const { store } = await openStore();
    for (let count = 0; count < MAX_TOKENS; count += 1) {
      await store.create({ name: String(count), scopes: ['read'], days: null });
    }
    await expect(store.create({ name: 'more', scopes: ['read'], days: null })).rejects.toMatchObject({
      code: 'bad-request',
      nextStep: expect.stringContaining('tokens list'),
    });
  });

  it('let nobody in once their file is damaged', async () => {
    const { folder, open, store, warnings } = await openStore();
    const { token } = await store.create({ name: 'a', scopes: ['read'], days: null });
    await writeFile(join(folder, 'tokens.json'), '{"tokens":[{');
    const damaged = await open();
    expect([damaged.list(), damaged.use(token)]).toEqual([[], undefined]);
    expect(warnings.join()).toContain('No program has a token now');
  });
});
