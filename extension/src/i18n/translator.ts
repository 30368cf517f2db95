import {
  type Caveat,
  type ErrorReport,
  entryOf,
  type FileFact,
  factWords,
  fillSentence,
  type Reason,
  type Verdict,
} from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import type { CardKey, CardWords, MessageKey } from '@touchstone/shared/words';
import {
  formatMessage,
  type Message,
  type MessageValues,
  numberFormat,
  sayProbability,
  sayShare,
} from '@touchstone/shared/words/format';

/** Texts and number formats of one language. */
export interface TranslatorOf<Key> {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  text(key: Key, values?: MessageValues): string;
  /** The word of the scale for a verdict. */
  verdict(verdict: Pick<Verdict, 'value' | 'leaning'>): string;
  reason(reason: Reason): string;
  caveat(caveat: Caveat): string;
  /** A fact's name, and its value where that is in our words. */
  fact(fact: FileFact): { readonly name: string; readonly value: string };
  error(error: ErrorReport): { readonly message: string; readonly nextStep: string };
  number(value: number): string;
  /** @param probability 0..1; never shown as 0 or 100, because no verdict is that sure. */
  percent(probability: number): string;
  /** @param value 0..1; may be nothing or everything: for edges, weights and counted shares. */
  share(value: number): string;
  bytes(count: number): string;
  /** @param milliseconds of a duration */
  duration(milliseconds: number): string;
  /** @param seconds into a video, as players write it: 1:05, 1:02:05 */
  clock(seconds: number): string;
  /** @param at milliseconds since 1970 */
  dateTime(at: number): string;
}

/** What the content script can say. */
export type CardTranslator = TranslatorOf<CardKey>;
/** What the pages of the extension can say. */
export type Translator = TranslatorOf<MessageKey>;

/** The words of one language, for those who use certain keys. */
export interface Words<Key extends string> extends Omit<CardWords, 'messages'> {
  readonly messages: Readonly<Record<Key, Message>>;
}

/** @returns the texts of a language; sentences without a translation keep the English text that came with them */
export function translatorOf<Key extends string>(words: Words<Key | CardKey>): TranslatorOf<Key | CardKey> {
  const { language, direction, messages, sentences: translation } = words;
  const script = { locale: language, direction, messages };
  const format = (value: number, options: Intl.NumberFormatOptions) => numberFormat(language, options).format(value);
  const text = (key: Key | CardKey, values?: MessageValues) => formatMessage(script, messages[key], values);

  return {
    language,
    direction,
    text,
    verdict: (verdict) => text(`step-${stepOf(verdict)}`),
    reason: (reason) => {
      const template = entryOf(translation?.reasons, reason.code);
      return template ? fillSentence(template, reason.details) : reason.text;
    },
    caveat: (caveat) => entryOf(translation?.caveats, caveat.code) ?? caveat.text,
    fact: (fact) => factWords(fact, translation),
    error: (error) => {
      const translated = entryOf(translation?.errors, error.code);
      return translated ? { message: translated[0], nextStep: translated[1] } : error;
    },
    number: (value) => format(value, {}),
    percent: (probability) => sayProbability(probability, script),
    share: (value) => sayShare(value, script),
    bytes: (count) =>
      count < 1_000_000
        ? format(Math.max(1, Math.round(count / 1000)), { style: 'unit', unit: 'kilobyte' })
        : format(count / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }),
    duration: (milliseconds) =>
      milliseconds < 1000
        ? format(Math.round(milliseconds), { style: 'unit', unit: 'millisecond' })
        : format(milliseconds / 1000, { style: 'unit', unit: 'second', maximumFractionDigits: 1 }),
    clock: (seconds) => {
      const whole = Math.max(0, Math.floor(seconds));
      const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
      const padded = (value: number) => format(value, { minimumIntegerDigits: 2 });
      const tail = `${hours > 0 ? padded(minutes) : format(minutes, {})}:${padded(rest)}`;
      return hours > 0 ? `${format(hours, {})}:${tail}` : tail;
    },
    dateTime: (at) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at),
  };
}
