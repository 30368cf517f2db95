import { describe, expect, it } from 'vitest';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { comparisonText } from './comparison.ts';

const judged = (value: 'fake' | 'real', probability: number) =>
  generatedRecord(0, { verdict: { value, probability, confidence: 'high', reasons: [], caveats: [] } });

describe('comparison of a check with its repetition', () => {
  it('never promises certainty', () => {
    const text = comparisonText([{ before: judged('fake', 0.996), after: judged('real', 0.004) }]);
    expect(text).toContain('(over 99%)');
    expect(text).toContain('(under 1%)');
  });
});
