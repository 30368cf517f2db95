import type { Language } from './languages.ts';
import { numberFormat } from './number-format.ts';

/** Percent: nothing is said to be surer than this, because no verdict is. */
const LEAST = 1;
const MOST = 99;

const OVER: Readonly<Record<Language, string>> = { en: 'over {share}', de: 'über {share}', ar: 'أكثر من {share}' };
const UNDER: Readonly<Record<Language, string>> = { en: 'under {share}', de: 'unter {share}', ar: 'أقل من {share}' };

/** Whole percent of a probability, 1 to 99: for counts ("of 100 pictures") and for differences. @param probability 0..1 */
export function wholePercent(probability: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.round(probability * 100)));
}

/**
 * A probability as people read it: "72%", "over 99%", "under 1%"; never 0 or 100 percent, which would promise certainty.
 * @param probability 0..1
 * @param locale regional variant of the language, for the number
 */
export function probabilityText(probability: number, language: Language, locale: string = language): string {
  if (probability > MOST / 100) return OVER[language].replace('{share}', percent(MOST, locale));
  if (probability < LEAST / 100) return UNDER[language].replace('{share}', percent(LEAST, locale));
  return percent(wholePercent(probability), locale);
}

/**
 * A share that may truly be nothing or everything: an edge of a scale, a weight, a counted part. 0 and 1 are said as they
 * are, everything between like a probability.
 * @param share 0..1
 * @param locale regional variant of the language, for the number
 */
export function shareText(share: number, language: Language, locale: string = language): string {
  return share === 0 || share === 1 ? percent(share * 100, locale) : probabilityText(share, language, locale);
}

function percent(whole: number, locale: string): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(whole / 100);
}
