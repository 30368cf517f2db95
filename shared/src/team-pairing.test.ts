import { expect, it } from 'vitest';
import { joinMaterial, letInFragment, readLetInLink, verifierHash } from './team-pairing.ts';

const HASH = '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925';

it('hashes a verifier as everybody does', async () => {
  // SHA-256 of 32 zeros.
  expect(await verifierHash(new Uint8Array(32))).toBe(HASH);
});

it('needs both halves', () => {
  const [one, other] = [new Uint8Array(32), new Uint8Array(32).fill(1)];
  const all = [joinMaterial('A', one), joinMaterial('B', one), joinMaterial('A', other)];
  expect(new Set(all).size).toBe(3);
});

it.each([
  { step: 'asked', hash: HASH },
  { step: 'code', code: '7ZK0-0MPQ-X2B8-T6R1' },
  { step: 'failed', code: 'team-certificate' },
  { step: 'done' },
] as const)('writes and reads %o', (link) => expect(readLetInLink(letInFragment(link))).toEqual(link));

it.each([
  '',
  '#',
  '#join=abc',
  `#let-in=${HASH}0`,
  `#let-in=${HASH.toUpperCase()}`,
  `#let-in=${HASH}&code=1`,
  '#let-in-code=7zk0-0mpq-x2b8-t6r1',
  '#let-in-failed=<b>',
  '#let-in-done=1',
  'let-in-done',
])('reads nothing in %j', (fragment) => expect(readLetInLink(fragment)).toBeUndefined());
