import type { ResultRecord } from '@touchstone/shared';
import { DECIDING_CAVEATS } from '@touchstone/shared/present';
import type { Translator } from '../i18n/translator.ts';

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

/** @param name of the picture; its size, where there is none */
export function shareLines(record: ResultRecord, name: string | undefined, translator: Translator): ShareLines {
  const { verdict, picture, pack, together } = record;
  const packs = (together?.packs ?? [pack]).map((one) => `${one.name} ${one.version}`).join(' + ');
  const size = `${translator.number(picture.width)} × ${translator.number(picture.height)}`;
  return {
    title: translator.verdict(verdict),
    chance: translator.text('probability-likely', { percent: translator.percent(verdict.probability) }),
    reasons: [
      ...verdict.caveats.filter(({ code }) => DECIDING_CAVEATS.has(code)).map(translator.caveat),
      ...verdict.reasons.slice(0, REASONS).map(translator.reason),
    ],
    facts: [
      name === undefined ? size : `${name}, ${size}`,
      translator.dateTime(record.at),
      `Touchstone, ${translator.text('fact-model')}: ${packs}`,
    ],
    caution: translator.text('never-proof'),
  };
}

/** @returns plain text, one statement a line */
export function shareText({ title, chance, reasons, facts, caution }: ShareLines): string {
  return [`${title}. ${chance}`, ...reasons.map((reason) => `- ${reason}`), ...facts, caution].join('\n');
}
