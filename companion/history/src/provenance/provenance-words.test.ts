import { describe, expect, it } from 'vitest';
import { actionKey, failureKeys, sourceKey } from './provenance-words.ts';

describe('words for Content Credentials', () => {
  it('says what changed, each thing once', () => {
    expect(
      failureKeys([
        'assertion.dataHash.mismatch',
        'assertion.bmffHash.mismatch',
        'claimSignature.mismatch',
        'signingCredential.expired',
        'com.example.unheard',
      ]),
    ).toEqual(['failure-pixels', 'failure-signature', 'failure-expired', 'failure-other']);
    expect(failureKeys([])).toEqual([]);
  });

  it('has no words for what the standard does not name', () => {
    expect(actionKey('c2pa.created')).toBe('action-created');
    expect(actionKey('com.example.sparkle')).toBeUndefined();
    expect(sourceKey('constructor')).toBeUndefined();
    expect(actionKey('toString')).toBeUndefined();
  });
});
