import { describe, expect, it } from 'vitest';
import { findPack } from './find-pack.ts';

describe('versions of one pack', () => {
  it('are found by name and version, the newest by name alone', () => {
    const manifests = ['1.9.0', '1.10.0', '1.2.0'].map((version) => ({ manifest: { name: 'quick', version } }));
    const packs = new Map(manifests.map((pack) => [`quick@${pack.manifest.version}`, pack]));
    expect(findPack(packs, 'quick@1.2.0')?.manifest.version).toBe('1.2.0');
    expect(findPack(packs, 'quick')?.manifest.version).toBe('1.10.0');
    expect(findPack(packs, 'quick@3')).toBeUndefined();
    expect(findPack(packs, 'constructor')).toBeUndefined();
  });
});
