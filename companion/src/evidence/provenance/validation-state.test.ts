import { describe, expect, it } from 'vitest';
import { ingredientStateOf, validationOf } from './validation-state.ts';

const SIGNED = { code: 'claimSignature.validated' };
const BOUND = { code: 'assertion.dataHash.match' };
const VOUCHED = { code: 'signingCredential.trusted', explanation: 'trusted, found in [system_anchors] trust anchors' };
const BY_TIME_STAMPS = { ...VOUCHED, explanation: 'trusted, found in [user_anchors] trust anchors' };
const NONE = { success: [], failure: [] };

const failing = (code: string, explanation?: string) => ({
  success: [SIGNED, BOUND, VOUCHED],
  failure: [{ code, ...(explanation !== undefined && { explanation }) }],
});

describe('a store', () => {
  it.each([
    ['trusted', { success: [SIGNED, BOUND, VOUCHED], failure: [] }],
    ['unknown-signer', { success: [SIGNED, BOUND], failure: [{ code: 'signingCredential.untrusted' }] }],
    ['unknown-signer', { success: [SIGNED, BOUND, BY_TIME_STAMPS], failure: [] }],
    ['unknown-signer', failing('signingCredential.ocsp.revoked')],
    ['unknown-signer', failing('signingCredential.expired')],
    ['broken', failing('assertion.dataHash.mismatch', 'Hashes do not match')],
    ['broken', failing('assertion.bmffHash.mismatch')],
    ['broken', failing('claimSignature.mismatch')],
    ['broken', failing('ingredient.manifest.missing')],
    ['broken', failing('some.code.that.comes.later')],
    ['unreadable', failing('assertion.action.malformed')],
    ['unreadable', { success: [SIGNED], failure: [] }],
    ['unreadable', { success: [BOUND, VOUCHED], failure: [] }],
    ['unreadable', NONE],
  ] as const)('is %s with %j', (state, active) => {
    const { success, failure } = active;
    expect(validationOf({ success: [...success], failure: [...failure] }, []).state).toBe(state);
  });

  it('is not called changed when the reader compared nothing', () => {
    const words = 'data hash exclusion does not match the manifest location in the asset';
    const failure = [{ code: 'assertion.dataHash.mismatch', explanation: words }];
    expect(validationOf({ success: [SIGNED, VOUCHED], failure }, []).state).toBe('unreadable');
    expect(validationOf({ success: [SIGNED, BOUND, VOUCHED], failure }, []).state).toBe('unreadable');
    expect(validationOf({ success: [SIGNED, BOUND], failure }, []).state).toBe('unknown-signer');
  });

  it('is broken when a manifest inside it is', () => {
    const inside = { success: [], failure: [{ code: 'assertion.hashedURI.mismatch' }] };
    const validation = validationOf({ success: [SIGNED, BOUND, VOUCHED], failure: [] }, [inside]);
    expect(validation).toEqual({ state: 'broken', failures: ['assertion.hashedURI.mismatch'] });
  });

  it('does not depend on who a person says to be beside the signature', () => {
    const active = failing('cawg.ica.did_unavailable');
    expect(validationOf(active, [])).toEqual({ state: 'trusted', failures: [] });
  });
});

describe('an ingredient', () => {
  it('takes what was recorded and what was found together', () => {
    const recorded = { success: [SIGNED, { code: 'signingCredential.trusted' }], failure: [] };
    const untrusted = { success: [], failure: [{ code: 'signingCredential.untrusted' }] };
    expect(ingredientStateOf(recorded, untrusted)).toBe('unknown-signer');
    expect(ingredientStateOf(recorded, NONE)).toBe('trusted');
    const contradicting = { success: recorded.success, failure: untrusted.failure };
    expect(ingredientStateOf(contradicting, NONE)).toBe('unknown-signer');
    expect(ingredientStateOf(NONE, { success: [SIGNED, VOUCHED], failure: [] })).toBe('trusted');
    expect(ingredientStateOf(NONE, { success: [SIGNED, BY_TIME_STAMPS], failure: [] })).toBe('unknown-signer');
    expect(ingredientStateOf({ success: [], failure: [{ code: 'claimSignature.mismatch' }] }, NONE)).toBe('broken');
    expect(ingredientStateOf(NONE, NONE)).toBe('unreadable');
  });
});
