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
  const second = limit.run(async () => 'second', { signal: leaving.signal });
  const third = limit.run(async () => 'third');
  leaving.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  expect(await third).toBe('third');
  expect(await limit.run(async () => 'fourth')).toBe('fourth');
});

it('runs what fits beside the rest, in order: a large one is not passed, and more than all is all', async () => {
  const limit = createConcurrencyLimit(10);
  const log: string[] = [];
  const gates = new Map<string, () => void>();
  const add = (name: string, share: number, signal?: AbortSignal) =>
    limit.run(
      async () => {
        log.push(name);
        const { promise, resolve } = Promise.withResolvers<void>();
        gates.set(name, resolve);
        await promise;
      },
      { share, signal },
    );
  const first = add('six', 6);
  const leaving = new AbortController();
  const second = add('all', 99, leaving.signal);
  const third = add('four', 4);
  await new Promise(setImmediate);
  expect(log).toEqual(['six']);
  leaving.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  await new Promise(setImmediate);
  expect(log).toEqual(['six', 'four']);
  for (const open of gates.values()) open();
  await Promise.all([first, third]);
  const last = add('all of it', 99);
  await new Promise(setImmediate);
  expect(log.at(-1)).toBe('all of it');
  gates.get('all of it')?.();
  await last;
});
