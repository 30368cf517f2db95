import { expect, it } from 'vitest';
import { createConcurrencyLimit } from './concurrency-limit.ts';

it('runs no more than allowed, in order', async () => {
  const limit = createConcurrencyLimit(2);
  const log: string[] = [];
  let running = 0;
  const work = (name: string) => async () => {
    expect(++running).toBeLessThanOrEqual(2);
    log.push(name);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return name;
  };
  const names = ['a', 'b', 'c', 'd', 'e'];
  expect(await Promise.all(names.map((name) => limit.run(work(name))))).toEqual(names);
  expect(log).toEqual(names);
});

it('lets those who wait leave, and goes on after a failure', async () => {
  const limit = createConcurrencyLimit(1);
  const { promise, reject } = Promise.withResolvers<string>();
  const first = limit.run(() => promise);
  const leaving = new AbortController();
  const second = limit.run(async () => 'second', leaving.signal);
  const third = limit.run(async () => 'third');
  leaving.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  expect(await third).toBe('third');
  expect(await limit.run(async () => 'fourth')).toBe('fourth');
});
