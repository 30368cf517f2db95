import { describe, expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { differencesOf } from './differences.ts';

const reason = (code: 'model-says-ai' | 'model-undecided' | 'camera-metadata') =>
  ({ code, direction: 'ai', text: code, details: {} }) as const;
const first = exampleRecord();

describe('differences', () => {
  it('says what the second opinion changed', () => {
    const before = {
      ...first,
      verdict: { ...first.verdict, reasons: [reason('model-says-ai'), reason('camera-metadata')] },
    };
    const after = exampleRecord({
      verdict: {
        ...first.verdict,
        value: 'uncertain',
        probability: 0.614,
        reasons: [reason('model-undecided'), reason('camera-metadata')],
      },
    });
    expect(differencesOf(before, after)).toEqual({
      samePicture: true,
      verdictChanged: true,
      points: -32,
      onlyFirst: ['model-says-ai'],
      onlySecond: ['model-undecided'],
    });
  });

  it('tells two pictures from one', () => {
    const other = exampleRecord({ picture: { ...first.picture, sha256: 'f'.repeat(64) } });
    expect(differencesOf(first, other)).toMatchObject({ samePicture: false, verdictChanged: false, points: 0 });
  });
});
