import type { SeenBefore } from '@touchstone/shared';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatMoment } from '../text/format.ts';
import { VERDICT_KEYS } from '../ui/verdict-words.ts';

interface Props {
  readonly seen: SeenBefore;
  readonly onOpen: (id: string) => void;
}

export function SeenBeforeNote({ seen, onOpen }: Props) {
  const { t, locale } = useI18n();
  const values = { date: formatMoment(locale, seen.at), verdict: t(VERDICT_KEYS[seen.verdict]) };
  return (
    <section className="detail-section seen">
      <p>{seen.exact ? t('seenExact', values) : t('seenSimilar', values)}</p>
      <Button className="button-link" onPress={() => onOpen(seen.recordId)}>
        {t('openEarlier')}
      </Button>
    </section>
  );
}
