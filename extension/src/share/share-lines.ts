import { packsInWords, type ReasonCode, type ResultRecord } from '@touchstone/shared';
import { DECIDING_CAVEATS } from '@touchstone/shared/present';
import { foreignText } from '@touchstone/shared/words/format';
import type { CardTranslator } from '../i18n/translator.ts';
import { pictureName } from './picture-name.ts';

/** What a shared result says, as text and on its picture alike. */
export interface ShareLines {
  /** The step of the scale. */
  readonly title: string;
  readonly chance: string;
  /** Why it was decided, or left open. */
  readonly reasons: readonly string[];
  /** What was judged, when, and by which packs. */
  readonly facts: readonly string[];
  readonly caution: string;
}

/** Reasons that are passed on; the history has them all. */
const REASONS = 3;
/** What a person has checked before is theirs, and tells others nothing. */
const OWN_REASONS: ReadonlySet<string> = new Set<ReasonCode>(['seen-same-file', 'seen-similar']);
/** Longest line, in characters; names and reasons hold what files say. */
export const LINE_CHARACTERS = 400;

/** What is passed on of a result: never an address, nor anything else of where the picture was seen. */
export function shareLines(record: ResultRecord, translator: CardTranslator): ShareLines {
  const { verdict, picture, source } = record;
  const name = source.fileName ?? pictureName(source.url);
  const size = `${translator.number(picture.width)} × ${translator.number(picture.height)}`;
  const line = (text: string) => foreignText(text, { most: LINE_CHARACTERS });
  return {
    title: translator.verdict(verdict),
    chance: translator.text('probability-likely', { percent: translator.percent(verdict.probability) }),
    reasons: [
      ...verdict.caveats
        .filter(({ code }) => DECIDING_CAVEATS.has(code))
        .map((caveat) => line(translator.caveat(caveat))),
      ...verdict.reasons
        .filter(({ code }) => !OWN_REASONS.has(code))
        .slice(0, REASONS)
        .map((reason) => line(translator.reason(reason))),
    ],
    facts: [
      line(name === undefined ? size : `${name}, ${size}`),
      translator.dateTime(record.at),
      line(`Touchstone, ${translator.text('fact-model')}: ${packsInWords(record)}`),
    ],
    caution: translator.text('never-proof'),
  };
}

/** @returns plain text, one statement a line */
export function shareText({ title, chance, reasons, facts, caution }: ShareLines): string {
  return [`${title}. ${chance}`, ...reasons.map((reason) => `- ${reason}`), ...facts, caution].join('\n');
}
