import { describe, expect, it } from 'vitest';
import { BAND_KEYS, bandEnd, bandOf, PROBABILITY_BANDS } from './bands.ts';
import { CONFIDENCE_ABOVE } from './verdict.ts';

describe('bands of probability', () => {
  it('cover 0..1 without a gap', () => {
    expect(PROBABILITY_BANDS.map(({ key }) => key)).toEqual([...BAND_KEYS]);
    expect(PROBABILITY_BANDS[0].from).toBe(0);
    for (const [index, { key }] of PROBABILITY_BANDS.entries()) {
      expect(bandEnd(key)).toBe(PROBABILITY_BANDS[index + 1]?.from ?? 1);
    }
  });

  it.each([
    [0, 'unlikely'],
    [0.199, 'unlikely'],
    [0.2, 'rather-unlikely'],
    [0.5, 'rather-likely'],
    [0.72, 'rather-likely'],
    [0.8, 'likely'],
    [1, 'likely'],
  ] as const)('%d is %s', (probability, band) => expect(bandOf(probability)).toBe(band));

  it('have the edges of the confidence levels, from both sides', () => {
    const edges = PROBABILITY_BANDS.slice(1).map(({ from }) => from);
    expect(edges).toEqual(
      [1 - CONFIDENCE_ABOVE.high, CONFIDENCE_ABOVE.medium, CONFIDENCE_ABOVE.high].map(
        (edge) => Math.round(edge * 100) / 100,
      ),
    );
  });
});
