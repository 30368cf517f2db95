import { describe, expect, it } from 'vitest';
import { wholePercent } from './share.ts';
import { probabilityText, shareText } from './texts.ts';

/** Marks of direction that some locales put around the sign. */
const plain = (text: string) => text.replace(/[\u200e\u061c\u2068\u2069]/g, '').replace(/\u00a0/g, ' ');

describe('a probability in words', () => {
  it.each([
    ['en', 'over 99%', 'under 1%', '72%'],
    ['de', 'über 99 %', 'unter 1 %', '72 %'],
    ['ar', 'أكثر من 99%', 'أقل من 1%', '72%'],
  ] as const)('never promises certainty (%s)', (language, most, least, middle) => {
    const said = (values: readonly number[]) => values.map((one) => plain(probabilityText(one, language)));
    expect(said([1, 0.996])).toEqual([most, most]);
    expect(said([0, 0.004])).toEqual([least, least]);
    expect(said([0.72])).toEqual([middle]);
  });

  it('says what lies at the limits as it is', () => {
    expect([0.01, 0.014, 0.986, 0.99].map((one) => probabilityText(one, 'en'))).toEqual(['1%', '1%', '99%', '99%']);
  });

  it('writes the number as the region of the reader does', () => {
    expect(plain(probabilityText(0.5, 'ar', 'ar-EG'))).toBe('٥٠٪');
  });

  it('counts between 1 and 99, so that differences fit what is shown', () => {
    expect([0, 0.004, 0.615, 0.996, 1].map(wholePercent)).toEqual([1, 1, 62, 99, 99]);
  });
});

describe('a share in words', () => {
  it('may be nothing or everything, and is said like a probability between', () => {
    expect([0, 0.004, 0.5, 0.996, 1].map((one) => shareText(one, 'en'))).toEqual([
      '0%',
      'under 1%',
      '50%',
      'over 99%',
      '100%',
    ]);
  });
});
