import { expect, it } from 'vitest';
import { readTeamAddress } from './team-address.ts';

it.each([
  ['touchstone.example', 'https://touchstone.example'],
  [' https://Touchstone.Example/ ', 'https://touchstone.example'],
  ['https://touchstone.example:8443/?record=1#a', 'https://touchstone.example:8443'],
  ['touchstone.example:443', 'https://touchstone.example'],
  ['[fd00::1]:8443', 'https://[fd00::1]:8443'],
])('reads %s', (typed, address) => expect(readTeamAddress(typed)).toBe(address));

it.each([
  '',
  'http://touchstone.example',
  'ftp://x',
  'a b',
  'https://ann:secret@touchstone.example',
  'https://',
  '/',
  'x'.repeat(400),
])('takes %j for no address of a server', (typed) => expect(readTeamAddress(typed)).toBeUndefined());
