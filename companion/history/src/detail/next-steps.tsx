import type { ResultRecord } from '@touchstone/shared';
import { nextSteps } from '@touchstone/shared/present';
import { useI18n } from '../i18n/i18n-context.tsx';

/** What to do where no verdict fell. */
export function NextSteps({ record }: { readonly record: ResultRecord }) {
  const { t } = useI18n();
  const steps = nextSteps(record);
  if (steps.length === 0) return null;
  const isVideo = record.source.kind === 'video';
  return (
    <section className="detail-section">
      <h3>{t('next-title')}</h3>
      <ul className="next-steps">
        {steps.map((step) => (
          <li key={step}>{t(step === 'original' && isVideo ? 'next-original-video' : `next-${step}`)}</li>
        ))}
      </ul>
    </section>
  );
}
