import type { PackStatus } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { suggestedPack } from './suggested-pack.ts';

const pack = (name: string, tier: 'quick' | 'thorough', more: Partial<PackStatus> = {}): PackStatus => ({
  ...exampleRecord().pack,
  name,
  tier,
  version: '1',
  ...more,
});
const bands = (aiShare: number) => [{ band: 'likely', pictures: 100, aiShare } as const];
const starter = pack('starter', 'quick');
const quick = pack('quick', 'quick', { bands: bands(0.9), usedFor: ['quick'] });
const thorough = pack('thorough', 'thorough', { bands: bands(0.95), usedFor: ['thorough'] });
const after = (decided: PackStatus, packs: readonly PackStatus[]) => suggestedPack(packs, [{ pack: decided }]);

it('a second look is offered with the strongest pack that has not decided', () => {
  expect(after(quick, [starter, quick, thorough])).toBe('thorough@1');
  // Never with the weakest, wherever it stands in the list.
  expect(after(thorough, [starter, quick, thorough])).toBe('quick@1');
  expect(after(thorough, [thorough, quick, starter])).toBe('quick@1');
  expect(after(quick, [quick])).toBe('quick@1');
  expect(after(quick, [])).toBeNull();
});

it('of packs that are not in use the one that was measured to tell pictures apart better is stronger', () => {
  const [own, better] = [pack('own', 'quick', { bands: bands(0.7) }), pack('better', 'quick', { bands: bands(0.2) })];
  expect(after(thorough, [starter, own, better, thorough])).toBe('better@1');
  expect(after(thorough, [starter, own, thorough])).toBe('own@1');
});

it('another version of the pack that decided is another pack, and a newer one is stronger', () => {
  const versions = ['1.9.0', '1.10.0', '1.2.0'].map((version) => pack('thorough', 'thorough', { version }));
  expect(after(versions[1] ?? thorough, versions)).toBe('thorough@1.9.0');
  expect(after(versions[0] ?? thorough, versions)).toBe('thorough@1.10.0');
});

it('for several results it is the strongest, unless it decided all of them', () => {
  const packs = [starter, quick, thorough];
  expect(suggestedPack(packs, [{ pack: quick }, { pack: thorough }])).toBe('thorough@1');
  expect(suggestedPack(packs, [{ pack: thorough }, { pack: thorough }])).toBe('quick@1');
});
