import type { Verdict } from '@touchstone/shared';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';
import { VERDICT_ICONS, VERDICT_KEYS } from '../ui/verdict-words.ts';

/** Verdict in words with its shape and the probability: never colour alone. */
export function VerdictBadge({ verdict }: { readonly verdict: Pick<Verdict, 'value' | 'probability'> }) {
  const { t, probability } = useI18n();
  return (
    <span className={`badge badge-${verdict.value}`}>
      <Icon name={VERDICT_ICONS[verdict.value]} size={16} />
      <span className="badge-words">{t(VERDICT_KEYS[verdict.value])}</span>
      <span className="badge-percent">{t('percent-ai', { percent: probability(verdict.probability) })}</span>
    </span>
  );
}
