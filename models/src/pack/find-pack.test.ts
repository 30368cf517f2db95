import { describe, expect, it } from 'vitest';
import { compareVersions, findPack } from './find-pack.ts';

describe('versions of one pack', () => {
  it.each([
    ['1.3.0', '1.10.0'],
    ['0.9', '1'],
    ['1.0.0-rc.1', '1.0.0'],
    ['1.0.0-rc.2', '1.0.0-rc.10'],
    ['ft44s-2026-08-19', 'ft44s-2026-10-02'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
    expect(compareVersions(newer, newer)).toBe(0);
  });

  it('are found by name and version, the newest by name alone', () => {
    const manifests = ['1.9.0', '1.10.0', '1.2.0'].map((version) => ({ manifest: { name: 'quick', version } }));
    const packs = new Map(manifests.map((pack) => [`quick@${pack.manifest.version}`, pack]));
    expect(findPack(packs, 'quick@1.2.0')?.manifest.version).toBe('1.2.0');
    expect(findPack(packs, 'quick')?.manifest.version).toBe('1.10.0');
    expect(findPack(packs, 'quick@3')).toBeUndefined();
    expect(findPack(packs, 'constructor')).toBeUndefined();
  });
});
