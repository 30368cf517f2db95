import { describe, expect, it } from 'vitest';
import { numberSource } from './number-source.ts';
import type { CaveatCode, ReasonCode } from './sentences.ts';

const verdict = (reasons: ReasonCode[], caveats: CaveatCode[]) => ({
  reasons: reasons.map((code) => ({ code, direction: 'ai' as const, text: '', details: {} })),
  caveats: caveats.map((code) => ({ code, text: '' })),
});

describe('source of the number', () => {
  it.each([
    [['model-says-ai', 'camera-metadata'], ['screenshot'], 'model'],
    [['c2pa-broken', 'model-undecided'], ['provenance-broken'], 'model'],
    [['generator-metadata', 'model-says-camera'], [], 'file'],
    [['c2pa-camera'], ['flat-graphic'], 'file'],
    [['model-undecided'], ['very-small-picture'], 'withheld'],
  ] as const)('%j with %j is the %s', (reasons, caveats, source) => {
    expect(numberSource(verdict([...reasons], [...caveats]))).toBe(source);
  });
});
