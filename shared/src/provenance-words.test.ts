import { expect, it } from 'vitest';
import { actionKind, failureKinds } from './provenance-words.ts';

it('status codes are told by their meaning, each once', () => {
  expect(
    failureKinds([
      'assertion.dataHash.mismatch',
      'assertion.bmffHash.mismatch',
      'assertion.hashedURI.mismatch',
      'assertion.missing',
      'claimSignature.mismatch',
      'signingCredential.ocsp.revoked',
      'signingCredential.invalid',
      'reader.timeLimit',
    ]),
  ).toEqual(['pixels', 'statement', 'missing', 'signature', 'revoked', 'certificate', 'other']);
  expect(failureKinds([])).toEqual([]);
});

it('actions that the standard does not name have no words', () => {
  expect(actionKind('c2pa.transcoded')).toBe('converted');
  for (const action of ['com.example.magic', 'toString', '']) expect(actionKind(action)).toBeUndefined();
});
