import type { PackIdentity } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { packsInUse } from './packs-in-use.ts';

const pack = (name: string, tier: PackIdentity['tier']): PackIdentity => ({ name, version: '1.2', sha256: '0', tier });
const packs = [pack('old', 'quick'), pack('fast', 'quick'), pack('deep', 'thorough')];

describe('the packs that the popup names', () => {
  it('are the ones in use, each with what it answers', () => {
    expect(packsInUse({ packs, inUse: { quick: 'fast', thorough: 'deep' } })).toEqual([
      { role: 'pack-asked', name: 'deep', version: '1.2' },
      { role: 'pack-live', name: 'fast', version: '1.2' },
    ]);
  });

  it('leave out a tier that has none', () => {
    expect(packsInUse({ packs, inUse: { quick: 'fast', thorough: null } }).map(({ role }) => role)).toEqual([
      'pack-live',
    ]);
  });

  it('are the first one where the companion does not say', () => {
    expect(packsInUse({ packs })).toEqual([{ role: 'pack-in-use', name: 'old', version: '1.2' }]);
    expect(packsInUse({ packs: [] })).toEqual([]);
  });
});
