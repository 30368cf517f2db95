import { expect, it } from 'vitest';
import { refreshed } from './refreshed.ts';

it('nobody waits for what takes time; it is found out anew when it is old, and not before', async () => {
  let clock = 0;
  let finds = 0;
  const value = refreshed(
    async () => ++finds,
    1_000,
    () => clock,
  );
  expect(value.latest()).toBeUndefined();
  expect(await value.first()).toBe(1);
  clock = 999;
  expect(value.latest()).toBe(1);
  expect(finds).toBe(1);
  clock = 2_001;
  expect(value.latest()).toBe(1);
  await Promise.resolve().then(() => undefined);
  expect(finds).toBe(2);
});

it('what failed once leaves what was known, and is not tried again at once', async () => {
  let clock = 0;
  let tries = 0;
  const value = refreshed(
    async () => {
      tries += 1;
      if (tries === 2) throw new Error('not now');
      return tries;
    },
    1_000,
    () => clock,
  );
  expect(await value.first()).toBe(1);
  clock = 1_001;
  value.latest();
  await new Promise((resolve) => setImmediate(resolve));
  expect(value.latest()).toBe(1);
  expect(tries).toBe(2);
});
