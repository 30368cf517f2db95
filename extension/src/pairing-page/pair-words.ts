import { type ErrorReport, entryOf } from '@touchstone/shared';
import type { CompiledWords, MessageKey } from '@touchstone/shared/words';
import { formatMessage, type MessageValues } from '@touchstone/shared/words/format';

/** What the script on the pairing page says. */
const PAIR_KEYS = [
  'cancel',
  'pair-button',
  'pair-page-explains',
  'pair-replace',
  'pair-replace-hidden',
  'pair-replace-question',
  'pairing',
  'state-connected',
] as const satisfies readonly MessageKey[];
export type PairKey = (typeof PAIR_KEYS)[number];
export const isPairKey = (key: MessageKey): key is PairKey => PAIR_KEYS.some((one) => one === key);
export type PairWords = CompiledWords<PairKey>;

export interface PairTranslator {
  text(key: PairKey, values?: MessageValues): string;
  error(error: ErrorReport): { readonly message: string; readonly nextStep: string };
}

/** Texts from the words that the background sent. */
export function pairTranslator({ language, direction, messages, sentences }: PairWords): PairTranslator {
  return {
    text: (key, values) => formatMessage({ locale: language, direction }, messages[key], values),
    error(error) {
      const translated = entryOf(sentences?.errors, error.code);
      return translated ? { message: translated[0], nextStep: translated[1] } : error;
    },
  };
}
