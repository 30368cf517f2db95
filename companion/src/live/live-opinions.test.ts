import { describe, expect, it } from 'vitest';
import { jpeg, pack, scriptedPipeline } from './fixtures/scripted-pipeline.ts';
import { createLiveOpinions } from './live-opinions.ts';

const bytes = await jpeg();

async function start() {
  const pipeline = await scriptedPipeline(
    () => ({ logit: 1 }),
    () => ({ logit: 2 }),
  );
  let time = 0;
  const opinions = createLiveOpinions(pipeline, () => time);
  const { signal } = new AbortController();
  const quick = await pack('quick');
  return {
    ask: async (owner: string) => (await opinions.ask(bytes, { pack: quick }, { owner, signal })) !== undefined,
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

describe('second opinions on playing videos', () => {
  it('go to owners in turns, however often one of them asks', async () => {
    const { ask, pass } = await start();
    expect(await ask('ann')).toBe(true);
    pass(1);
    expect(await ask('ben')).toBe(true);
    pass(1);
    expect([await ask('ann'), await ask('ann'), await ask('ben')]).toEqual([true, false, true]);
  });

  it('wait for nobody who does not ask any more', async () => {
    const { ask, pass } = await start();
    expect(await ask('ben')).toBe(true);
    pass(1);
    expect([await ask('ann'), await ask('ann')]).toEqual([true, false]);
    pass(6_000);
    expect(await ask('ann')).toBe(true);
    pass(1);
    expect(await ask('ann')).toBe(true);
  });
});
