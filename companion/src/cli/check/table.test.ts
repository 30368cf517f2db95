import { type CaveatCode, errorReport, type Reason, type Verdict } from '@touchstone/shared';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXT, HOSTILE_TEXT_SHOWN } from '../../../../shared/src/words/fixtures/hostile-text.ts';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { outcomeTable } from './table.ts';

const plain = pc.createColors(false);

describe('outcomeTable', () => {
  it.each([
    [0.996, 'over 99%'],
    [0.004, 'under 1%'],
  ])('never promises certainty: %d', (probability, said) => {
    const verdict: Verdict = { value: 'uncertain', probability, confidence: 'low', reasons: [], caveats: [] };
    const outcome = { file: 'a.jpg', index: 0, ms: 1, record: generatedRecord(0, { verdict }) };
    expect(outcomeTable([outcome], 80, plain)).toContain(said);
  });

  const failed = (file: string) => ({ file, index: 0, error: errorReport('broken-picture') });

  it('shows what to do about a file that could not be checked', () => {
    const table = outcomeTable([failed('a.jpg')], 160, plain);
    expect(table).toContain('Not checked');
    expect(table.replace(/[│\s]+/g, ' ')).toContain(errorReport('broken-picture').nextStep);
  });

  it('tells first what the verdict hangs on', () => {
    const reason: Reason = { code: 'model-undecided', direction: 'neutral', text: 'The reason.', details: {} };
    const why = (code: CaveatCode) => {
      const caveats = [{ code, text: 'The caveat.' }];
      const verdict: Verdict = { value: 'uncertain', probability: 0.5, confidence: 'low', reasons: [reason], caveats };
      const outcome = { file: 'a.jpg', index: 0, ms: 1, record: generatedRecord(0, { verdict }) };
      return outcomeTable([outcome], 160, plain);
    };
    expect(why('flat-graphic')).toContain('The caveat. The reason.');
    expect(why('screenshot')).toContain('The reason. The caveat.');
  });

  it('shows a hostile name as every other surface does', () => {
    expect(outcomeTable([failed(HOSTILE_TEXT)], 400, plain)).toContain(HOSTILE_TEXT_SHOWN);
  });

  it('lets no file name send commands to the terminal', () => {
    const table = outcomeTable([failed('a\u001b[2J\u202egpj.jpg')], 160, plain);
    expect(table).not.toContain('\u001b');
    expect(table).not.toContain('\u202e');
  });

  it('fits the terminal', () => {
    const lines = outcomeTable([failed(`${'long'.repeat(40)}.jpg`)], 100, plain).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
