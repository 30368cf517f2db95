import { formatMessage, type Message, type Script } from './message.ts';
import { numberFormat } from './number-format.ts';

/** Percent: nothing is said to be surer than this, because no verdict is. */
const LEAST = 1;
const MOST = 99;

/** What saying a share needs of a language. */
export interface ShareWords extends Script {
  readonly messages: Readonly<Record<'share-over' | 'share-under', Message>>;
}

/** Whole percent of a probability, 1 to 99: for counts ("of 100 pictures") and for differences. @param probability 0..1 */
export function wholePercent(probability: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.round(probability * 100)));
}

/**
 * A probability as people read it: "72%", "over 99%", "under 1%"; never 0 or 100 percent, which would promise certainty.
 * @param probability 0..1
 */
export function sayProbability(probability: number, words: ShareWords): string {
  const { messages, locale } = words;
  const limit = (message: Message, whole: number) => formatMessage(words, message, { share: percent(whole, locale) });
  if (probability > MOST / 100) return limit(messages['share-over'], MOST);
  if (probability < LEAST / 100) return limit(messages['share-under'], LEAST);
  return percent(wholePercent(probability), locale);
}

/**
 * A share that may truly be nothing or everything: an edge of a scale, a weight, a counted part. 0 and 1 are said as they
 * are, everything between like a probability.
 * @param share 0..1
 */
export function sayShare(share: number, words: ShareWords): string {
  return share === 0 || share === 1 ? percent(share * 100, words.locale) : sayProbability(share, words);
}

function percent(whole: number, locale: string): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(whole / 100);
}
