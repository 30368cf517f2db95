import { expect, it } from 'vitest';
import { createOrderedWork } from './ordered-work.ts';

it('works side by side, each after the one before it', async () => {
  const work = createOrderedWork(2);
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  await work.add(async () => {
    await first.promise;
    order.push('first');
  });
  const full = work.add(async (before) => {
    order.push('second begins');
    await before;
    order.push('second');
  });
  first.resolve();
  await full;
  await work.finish();
  expect(order).toEqual(['second begins', 'first', 'second']);
});

it('lets nobody begin more than its number', async () => {
  const work = createOrderedWork(2);
  let running = 0;
  let most = 0;
  for (let index = 0; index < 6; index += 1) {
    await work.add(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
    });
  }
  await work.finish();
  expect(most).toBe(2);
});

it('throws what failed first, in the end too', async () => {
  const work = createOrderedWork(3);
  await work.add(async () => {
    await Promise.resolve();
    throw new Error('first');
  });
  await new Promise(setImmediate);
  await expect(work.add(async () => undefined)).rejects.toThrow('first');
  await expect(work.finish()).rejects.toThrow('first');
});
