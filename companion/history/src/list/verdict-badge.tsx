import type { Verdict } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Icon } from '../ui/icons.tsx';
import { STEP_KEYS } from '../ui/verdict-words.ts';

/** Verdict in words with its shape and the probability: never colour alone. */
export function VerdictBadge({ verdict }: { readonly verdict: Pick<Verdict, 'value' | 'leaning' | 'probability'> }) {
  const { t, probability } = useI18n();
  const step = stepOf(verdict);
  const percent = probability(verdict.probability);
  return (
    <span className={`badge badge-${step}`}>
      <Icon name={step} size={16} />
      <span className="badge-words">{t(STEP_KEYS[step])}</span>
      <span className="badge-percent">{t('probability-likely', { percent })}</span>
    </span>
  );
}
