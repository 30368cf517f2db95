import { expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { suggested } from './recheck-dialog.tsx';

const pack = (name: string, tier: 'quick' | 'thorough', version = '1') => ({
  ...exampleRecord().pack,
  name,
  tier,
  version,
});

it('a second look is offered with a thorough pack first, and not with the one that decided', () => {
  const packs = [pack('starter', 'quick'), pack('quick', 'quick'), pack('thorough', 'thorough')];
  expect(suggested(packs, { pack: pack('quick', 'quick') })).toBe('thorough@1');
  expect(suggested(packs, { pack: pack('thorough', 'thorough') })).toBe('starter@1');
  expect(suggested([pack('quick', 'quick')], { pack: pack('quick', 'quick') })).toBe('quick@1');
  expect(suggested([], { pack: pack('quick', 'quick') })).toBeNull();
});

it('another version of the pack that decided is another pack', () => {
  const packs = [pack('thorough', 'thorough', '2'), pack('thorough', 'thorough', '1')];
  expect(suggested(packs, { pack: pack('thorough', 'thorough', '2') })).toBe('thorough@1');
});
