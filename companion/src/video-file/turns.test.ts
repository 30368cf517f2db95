import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

it('runs no more than allowed, in order', async () => {
  const turns = createTurns(2);
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
  expect(await Promise.all(names.map((name) => turns.take(work(name))))).toEqual(names);
  expect(log).toEqual(names);
});

it('lets those who wait leave, and goes on after a failure', async () => {
  const turns = createTurns(1);
  const { promise, reject } = Promise.withResolvers<string>();
  const first = turns.take(() => promise);
  const leaving = new AbortController();
  const second = turns.take(async () => 'second', leaving.signal);
  const third = turns.take(async () => 'third');
  leaving.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  expect(await third).toBe('third');
  expect(await turns.take(async () => 'fourth')).toBe('fourth');
});
