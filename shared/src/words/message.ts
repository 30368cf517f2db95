import { numberFormat } from './number-format.ts';

/** Plural forms by CLDR category; `other` is the fallback. `{count}` is filled with the localised number. */
export interface PluralMessage {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Message = string | PluralMessage;
export type Messages = Readonly<Record<string, Message>>;
/** The same keys in another language. */
export type Translated<English extends Messages> = Readonly<Record<keyof English, Message>>;
export type MessageValues = Readonly<Record<string, string | number>>;

/** First strong isolate and its end: a value such as `83%` or a name keeps its own order within a line from right to left. */
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

export interface Script {
  /** BCP 47 tag; chooses the plural form and writes numbers. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
}

/**
 * Fills one message.
 * @param values filled into `{name}` places; numbers are localised; `count` chooses the plural form
 */
export function formatMessage({ locale, direction }: Script, message: Message, values: MessageValues = {}): string {
  const template = typeof message === 'string' ? message : pluralForm(locale, message, values.count);
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    const text = typeof value === 'number' ? numberFormat(locale).format(value) : value;
    return direction === 'rtl' ? `${ISOLATE}${text}${END_OF_ISOLATE}` : text;
  });
}

function pluralForm(locale: string, message: PluralMessage, count: string | number | undefined): string {
  const category = new Intl.PluralRules(locale).select(Number(count ?? 0));
  return message[category] ?? message.other;
}
