import { expect, it } from 'vitest';
import { actionKind, changedKinds, failureKinds, originKind, sourceKind } from './provenance.ts';

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

it('a change of one part of a file in several is a change of what it shows, and any fault of the signature one of it', () => {
  expect(failureKinds(['assertion.multiAssetHash.mismatch', 'assertion.dataHash.redacted'])).toEqual(['pixels']);
  expect(failureKinds(['claimSignature.outsideValidity'])).toEqual(['signature']);
});

it('what only the signer or the time stamp lacks is no change of the file', () => {
  const codes = ['signingCredential.untrusted', 'timeStamp.mismatch', 'assertion.missing', 'reader.timeLimit'];
  expect(changedKinds(codes)).toEqual(['missing']);
});

it('actions that the standard does not name have no words', () => {
  expect(actionKind('c2pa.transcoded')).toBe('converted');
  expect(originKind(null)).toBe('none');
  expect(sourceKind('constructor')).toBeUndefined();
  expect(sourceKind('computationalCapture')).toBe('camera');
  for (const action of ['com.example.magic', 'toString', '']) expect(actionKind(action)).toBeUndefined();
});
