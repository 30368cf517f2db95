import { describe, expect, it } from 'vitest';
import { CAVEATS, type ReasonCode, SENTENCES } from '../sentences.ts';
import { CATALOGUES, LANGUAGES } from '../words/languages.ts';
import { MESSAGE_CLAIMS, NAMED_SIDES, OPEN_CAVEATS, REASON_CLAIMS, type Says } from './fixtures/claim-tables.ts';
import { claimInWords } from './fixtures/direction-words.ts';

/** What is claimed of a side and a strength, where it is claimed at all. */
const asTold = (claim: Says, told: Says): Says => ({
  ...(claim.side !== undefined && { side: told.side }),
  ...(claim.strength !== undefined && { strength: told.strength }),
});

describe.each(LANGUAGES)('the words of a sentence carry its direction and its strength (%s)', (language) => {
  const { messages, sentences } = CATALOGUES[language];
  const reasons = sentences?.reasons ?? SENTENCES;
  const caveats = sentences?.caveats ?? CAVEATS;
  const claimed = [
    ...Object.entries(REASON_CLAIMS).map(([code, says]) => [code, reasons[code as ReasonCode], says] as const),
    ...[...OPEN_CAVEATS].map((code) => [code, caveats[code], { side: 'none', strength: 'open' }] as const),
    ...Object.entries({ ...MESSAGE_CLAIMS, ...NAMED_SIDES }).map(
      ([key, says]) => [key, String(messages[key as keyof typeof messages]), says] as const,
    ),
  ].filter(([, , says]) => says.side !== undefined || says.strength !== undefined);

  it.each(claimed)('%s', (_, sentence, says) => {
    expect(asTold(says, claimInWords(sentence, language)), sentence).toEqual(says);
  });

  it('and none that is told apart from another would pass for it', () => {
    const [ai, camera, leans, open] = (
      ['model-says-ai', 'model-says-camera', 'model-leans-ai', 'model-undecided'] as const
    ).map((code) => claimInWords(reasons[code], language));
    expect(new Set([ai, camera, leans, open].map((one) => JSON.stringify(one))).size).toBe(4);
  });

  it('the number is told as a chance of AI', () => {
    expect(claimInWords(String(messages['probability-likely']), language).side).toBe('ai');
  });
});
