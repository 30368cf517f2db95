import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPack } from '../pack/pack-folder.ts';
import { chooseProvider, type Probe, probeInChild } from './choose-provider.ts';

const pack = await readPack(fileURLToPath(new URL('../../packs/starter', import.meta.url)));
const right = pack.manifest.golden.logit;

const probeOf =
  (answers: Record<string, Awaited<ReturnType<Probe>>>): Probe =>
  async (_, provider) =>
    answers[provider] ?? { works: false, reason: 'absent' };
const cpu = { works: true as const, logits: [right], ms: 10 };

describe('chooseProvider', () => {
  it('takes the fastest that computes rightly', async () => {
    const probe = probeOf({ cpu, cuda: { ...cpu, ms: 2 }, webgpu: { ...cpu, ms: 3 } });
    const choice = await chooseProvider(pack, undefined, { probe, candidates: ['webgpu', 'cuda'] });
    expect(choice.provider).toBe('cuda');
    expect(choice.reason).toContain('2.0 ms');
  });
  it('rejects a fast provider with wrong numbers, in any view', async () => {
    const probe = probeOf({ cpu, webgpu: { works: true, logits: [right, right + 5], ms: 1 } });
    const choice = await chooseProvider(pack, undefined, { probe, candidates: ['webgpu'] });
    expect(choice).toEqual({ provider: 'cpu', reason: expect.stringContaining('5.00 logits off') });
  });
  it('stays on the CPU when nothing else works or is faster', async () => {
    expect(
      (await chooseProvider(pack, undefined, { probe: probeOf({ cpu }), candidates: ['webgpu'] })).reason,
    ).toContain('webgpu: absent');
    const slow = probeOf({ cpu, webgpu: { ...cpu, ms: 900 } });
    expect((await chooseProvider(pack, undefined, { probe: slow, candidates: ['webgpu'] })).reason).toContain(
      'not faster',
    );
  });
  it('falls back when the one that was asked for fails', async () => {
    const choice = await chooseProvider(pack, 'cuda', { probe: probeOf({ cpu }), candidates: [] });
    expect(choice).toEqual({ provider: 'cpu', reason: expect.stringContaining('cuda was asked for but fails') });
  });
});

describe('probeInChild', () => {
  it('runs the golden views on the CPU', async () => {
    const answer = await probeInChild(pack, 'cpu');
    expect(answer.works && answer.logits).toHaveLength(5);
    expect(answer.works && Math.abs((answer.logits[4] ?? 0) - right)).toBeLessThan(pack.manifest.golden.tolerance);
  });
  it('says so when there is no such provider', async () => {
    expect(await probeInChild(pack, 'no-such-provider')).toEqual({ works: false, reason: expect.any(String) });
  });
});
