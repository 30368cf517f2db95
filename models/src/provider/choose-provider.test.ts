import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPack } from '../pack/pack-folder.ts';
import { chooseProvider, type Probe, probeInChild } from './choose-provider.ts';

const pack = await readPack(fileURLToPath(new URL('../../packs/starter', import.meta.url)));
const right = pack.manifest.golden.logit;

const probeOf =
  (answers: Record<string, Awaited<ReturnType<Probe>>>): Probe =>
  async (_, provider) =>
    answers[provider] ?? { works: false, failure: { code: 'not-built-in' } };
const cpu = { works: true as const, logits: [right], ms: 10 };

describe('chooseProvider', () => {
  it('takes the fastest that computes rightly', async () => {
    const probe = probeOf({ cpu, cuda: { ...cpu, ms: 2 }, webgpu: { ...cpu, ms: 3 } });
    const choice = await chooseProvider(pack, undefined, { probe, candidates: ['webgpu', 'cuda'] });
    expect(choice.provider).toBe('cuda');
    expect(choice.reason).toEqual({ code: 'fastest', provider: 'cuda', ms: 2, cpuMs: 10 });
  });
  it('rejects a fast provider with wrong numbers, in any view', async () => {
    const probe = probeOf({ cpu, webgpu: { works: true, logits: [right, right + 5], ms: 1 } });
    const choice = await chooseProvider(pack, undefined, { probe, candidates: ['webgpu'] });
    expect(choice).toEqual({
      provider: 'cpu',
      reason: {
        code: 'none-works',
        failures: [{ provider: 'webgpu', code: 'wrong-numbers', detail: '5.00 logits off' }],
      },
    });
  });
  it('stays on the CPU when nothing else works or is faster', async () => {
    const reasonWith = async (answers: Parameters<typeof probeOf>[0], candidates = ['webgpu']) =>
      (await chooseProvider(pack, undefined, { probe: probeOf(answers), candidates })).reason;
    expect(await reasonWith({ cpu })).toEqual({
      code: 'none-works',
      failures: [{ provider: 'webgpu', code: 'not-built-in' }],
    });
    expect(await reasonWith({ cpu }, [])).toEqual({ code: 'none-built-in' });
    expect(await reasonWith({ cpu, webgpu: { ...cpu, ms: 900 } })).toMatchObject({ code: 'not-faster', ms: 900 });
  });
  it('says no figure of a CPU that did not answer', async () => {
    const choice = await chooseProvider(pack, undefined, { probe: probeOf({ webgpu: cpu }), candidates: ['webgpu'] });
    expect(choice).toEqual({ provider: 'webgpu', reason: { code: 'works', provider: 'webgpu', ms: 10 } });
  });
  it('falls back when the one that was asked for fails', async () => {
    const choice = await chooseProvider(pack, 'cuda', { probe: probeOf({ cpu }), candidates: [] });
    expect(choice).toEqual({
      provider: 'cpu',
      reason: expect.objectContaining({ code: 'asked-fails', provider: 'cuda' }),
    });
  });
});

describe('probeInChild', () => {
  it('runs the golden views on the CPU', async () => {
    const answer = await probeInChild(pack, 'cpu');
    expect(answer.works && answer.logits).toHaveLength(5);
    expect(answer.works && Math.abs((answer.logits[4] ?? 0) - right)).toBeLessThan(pack.manifest.golden.tolerance);
  });
  it('says so when there is no such provider', async () => {
    expect(await probeInChild(pack, 'no-such-provider')).toEqual({
      works: false,
      failure: expect.objectContaining({ code: expect.any(String) }),
    });
  });
});
