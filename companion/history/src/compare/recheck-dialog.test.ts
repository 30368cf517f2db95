import { expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { suggested } from './recheck-dialog.tsx';

const pack = (name: string, tier: 'quick' | 'thorough') => ({ ...exampleRecord().pack, name, tier });

it('a second look is offered with a thorough pack first, and not with the one that decided', () => {
  const packs = [pack('starter', 'quick'), pack('quick', 'quick'), pack('thorough', 'thorough')];
  expect(suggested(packs, { pack: pack('quick', 'quick') })).toBe('thorough');
  expect(suggested(packs, { pack: pack('thorough', 'thorough') })).toBe('starter');
  expect(suggested([pack('quick', 'quick')], { pack: pack('quick', 'quick') })).toBe('quick');
  expect(suggested([], { pack: pack('quick', 'quick') })).toBeNull();
});
