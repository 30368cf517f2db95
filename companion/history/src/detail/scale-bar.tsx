import type { Verdict } from '@touchstone/shared';
import { useI18n } from '../i18n/i18n-context.tsx';

/** The scale from camera to AI with the marks between its words and a tick at the number; the words beside it carry the meaning. */
export function ScaleBar({ verdict: { probability, marks } }: { readonly verdict: Verdict }) {
  const { t } = useI18n();
  const at = (place: number) => ({ insetInlineStart: `${(place * 100).toFixed(1)}%` });
  const lines = marks ? [marks.realBelow, marks.leansAuthentic, marks.leansAi, marks.fakeAbove] : [];
  return (
    <div className="scale" aria-hidden="true">
      <div className="scale-track">
        {lines.map((mark, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: four marks in a fixed order, two of which may lie at one place
          <span key={place} className="scale-mark" style={at(mark)} />
        ))}
        <span className="scale-tick" style={at(probability)} />
      </div>
      <div className="scale-ends">
        <span>{t('scale-camera')}</span>
        <span>{t('scale-ai')}</span>
      </div>
    </div>
  );
}
