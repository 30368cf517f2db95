import type { TimelineMoment } from '@touchstone/shared';
import type { I18n } from '../i18n/i18n-context.tsx';
import { formatPercent, formatTimecode } from '../text/format.ts';

/** One moment in a sentence: what screen readers say, and what stands under the chart. */
export function momentWords({ t, locale }: Pick<I18n, 't' | 'locale'>, moment: TimelineMoment): string {
  const percent = (share: number) => formatPercent(locale, share);
  const parts = [
    t('momentScore', {
      time: formatTimecode(moment.time),
      percent: percent(moment.probability),
      low: percent(moment.low),
      high: percent(moment.high),
    }),
    t('momentShot', { number: moment.shot + 1 }),
    ...(moment.faces.length > 0 ? [t('momentFaces', { count: moment.faces.length })] : []),
  ];
  return parts.join(' · ');
}
