import type { TimelineMoment } from '@touchstone/shared';
import type { I18n } from '../i18n/i18n-context.tsx';
import { formatTimecode } from '../text/format.ts';

/** One moment in a sentence: what screen readers say, and what stands under the chart. */
export function momentWords({ t, probability }: Pick<I18n, 't' | 'probability'>, moment: TimelineMoment): string {
  const parts = [
    t('moment-score', {
      time: formatTimecode(moment.time),
      percent: probability(moment.probability),
      low: probability(moment.low),
      high: probability(moment.high),
    }),
    t('moment-shot', { number: moment.shot + 1 }),
    ...(moment.faces.length > 0 ? [t('moment-faces', { count: moment.faces.length })] : []),
  ];
  return parts.join(' · ');
}
