import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createResultLog } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';

describe('a log that a newer Touchstone has written to', () => {
  it('loses no record from lists over words that are not known here, and is intact', async () => {
    const path = join(await temporaryFolder(), 'history.sqlite');
    const known = generatedRecord(1);
    const newer = generatedRecord(2);
    const words = {
      ...newer,
      evidence: [
        ...newer.evidence,
        {
          kind: 'physics',
          direction: 'neutral',
          strength: 0,
          code: 'shadow-disagrees',
          sentence: 'Shadows.',
          details: {},
        },
      ],
      verdict: {
        ...newer.verdict,
        reasons: [{ code: 'shadow-disagrees', direction: 'neutral', text: 'Shadows.', details: {} }],
        caveats: [{ code: 'seen-through-water', text: 'Water.' }],
      },
    } as const;
    const newerProgram = createResultLog(path);
    newerProgram.append(known, {});
    newerProgram.append(
      {
        ...words,
        evidence: [...words.evidence],
        verdict: { ...words.verdict, reasons: [...words.verdict.reasons], caveats: [...words.verdict.caveats] },
      },
      {},
    );
    newerProgram.close();

    const warnings: string[] = [];
    const log = createResultLog(path, { onWarning: (message) => warnings.push(message) });
    try {
      const { records } = log.query({});
      expect(records.map(({ id }) => id).sort()).toEqual([known.id, newer.id].sort());
      expect(log.get(newer.id)?.verdict.reasons[0]?.text).toBe('Shadows.');
      expect(await log.verify()).toMatchObject({ intact: true, records: 2, breaks: [] });
      expect(warnings).toEqual([]);
    } finally {
      log.close();
    }
  });
});
