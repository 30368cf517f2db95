import type { Caveat } from '@touchstone/shared';
import { useI18n } from '../i18n/i18n-context.tsx';
import { caveatSentence } from '../i18n/sentences.ts';
import { Icon } from '../ui/icons.tsx';

/** Why the verdict deserves less trust than its number says. */
export function CaveatList({ caveats }: { readonly caveats: readonly Caveat[] }) {
  const { t, language } = useI18n();
  if (caveats.length === 0) return null;
  return (
    <section className="detail-section">
      <h3>{t('keep-in-mind')}</h3>
      <ul className="caveats">
        {caveats.map((caveat) => (
          <li key={caveat.code}>
            <Icon name="warning" size={16} />
            {caveatSentence(language, caveat)}
          </li>
        ))}
      </ul>
    </section>
  );
}
