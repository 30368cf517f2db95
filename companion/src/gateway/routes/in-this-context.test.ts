import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from 'vitest';
import { inThisContext } from './in-this-context.ts';

const name = new AsyncLocalStorage<string>();

async function* names(): AsyncGenerator<string | undefined> {
  try {
    for (;;) yield name.getStore();
  } finally {
    ended.push(name.getStore());
  }
}

const ended: (string | undefined)[] = [];

it('reads on in the context in which it was begun, and ends in it', async () => {
  const reading = name.run('ann', () => inThisContext(names()))[Symbol.asyncIterator]();
  const next = async () => (await reading.next()).value;
  expect([await next(), await name.run('ben', next), await next()]).toEqual(['ann', 'ann', 'ann']);
  await name.run('ben', async () => reading.return?.());
  expect(ended).toEqual(['ann']);
});
