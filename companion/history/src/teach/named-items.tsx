import type { NamedItem } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';

interface NamedItemsProps {
  readonly title: MessageKey;
  readonly items: readonly NamedItem[];
  /** How many there are; only the first of them are named. */
  readonly count: number;
}

/** Which pictures of a data set something is said of, and why; folded away until somebody asks. */
export function NamedItems({ title, items, count }: NamedItemsProps) {
  const { t, language } = useI18n();
  if (items.length === 0) return null;
  return (
    <details className="disclosure teach-named">
      <summary>{t(title)}</summary>
      <ul>
        {items.map(({ item, name, why, code }) => (
          <li key={item}>
            <bdi>{name}</bdi>
            {why !== null && (
              <span className="help teach-help">
                {code === undefined ? why : errorSentences(language, { code, message: why, nextStep: '' }).message}
              </span>
            )}
          </li>
        ))}
        {count > items.length && <li>{t('teach-map-more', { count: count - items.length })}</li>}
      </ul>
    </details>
  );
}
