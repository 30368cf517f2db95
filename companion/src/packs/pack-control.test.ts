import { fileURLToPath } from 'node:url';
import type { Pack } from '@touchstone/models';
import pino from 'pino';
import { expect, it } from 'vitest';
import { createInstalledPacks } from './installed-packs.ts';
import { createPackControl } from './pack-control.ts';

const SHIPPED = fileURLToPath(new URL('../../../models/packs', import.meta.url));

async function control(waitMs: number) {
  const choices = { quickPack: null, thoroughPack: null };
  const packs = await createInstalledPacks([SHIPPED], () => choices, pino({ level: 'silent' }));
  const released: Pack[] = [];
  const engine = { open: async () => undefined, release: (pack: Pack) => void released.push(pack) };
  return { packs, released, ...createPackControl(packs, engine, () => undefined, waitMs) };
}

it('never removes a pack that ships', async () => {
  const { remove, released } = await control(1_000);
  for (const name of ['starter', 'quick', 'starter@0.1.0']) {
    await expect(remove(name)).rejects.toMatchObject({ code: 'pack-unknown' });
  }
  expect(released).toEqual([]);
});

it('counts every work with a pack, and waits for the last', async () => {
  const { packs } = await control(0);
  const [first, second] = [packs.begin(), packs.begin()];
  const pack = first.byName('starter');
  second.byName('starter');
  expect(await packs.holds.ended(pack, 5)).toBe(false);
  first.end();
  first.end();
  expect(await packs.holds.ended(pack, 5)).toBe(false);
  const waiting = packs.holds.ended(pack, 60_000);
  second.end();
  expect(await waiting).toBe(true);
  expect(await packs.holds.ended(pack, 0)).toBe(true);
});

it('gives work what was there when it began, and tells nobody else of what was withdrawn', async () => {
  const { packs } = await control(0);
  const work = packs.begin();
  const pack = packs.all().find(({ manifest }) => manifest.name === 'starter');
  if (!pack) throw new Error('no starter pack');
  const putBack = packs.withdraw(pack);
  expect(work.byName('starter')).toBe(pack);
  expect(() => packs.begin().byName('starter')).toThrow(expect.objectContaining({ code: 'pack-unknown' }));
  putBack();
  expect(packs.begin().byName('starter')).toBe(pack);
  work.end();
});
