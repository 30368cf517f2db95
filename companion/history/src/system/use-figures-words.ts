import type { MessageKey } from '@touchstone/shared/words';
import { numberFormat } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatBytes } from '../text/format.ts';

/** Seconds of processor time above which whole ones are enough. */
const WHOLE_SECONDS = 100;

const MS_PER_SECOND = 1000;

/** Numbers of the System page in the reader's language. */
export function useFiguresWords() {
  const { t, locale, share } = useI18n();
  const seconds = (value: number): string =>
    numberFormat(locale, {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'short',
      maximumFractionDigits: value < WHOLE_SECONDS ? 1 : 0,
    }).format(value);
  return {
    t,
    locale,
    share,
    seconds,
    count: (value: number): string => numberFormat(locale).format(value),
    bytes: (value: number): string => formatBytes(locale, value),
    /** A short time, in the unit that keeps it short. @param value in milliseconds */
    time: (value: number): string =>
      value >= MS_PER_SECOND
        ? seconds(value / MS_PER_SECOND)
        : t('milliseconds', { ms: numberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value) }),
    /** The name of what the companion tells by a word; that word where this page knows none for it. */
    named: (keys: Readonly<Record<string, MessageKey>>, word: string): string => {
      const key = Object.hasOwn(keys, word) ? keys[word] : undefined;
      return key === undefined ? word : t(key);
    },
  };
}
