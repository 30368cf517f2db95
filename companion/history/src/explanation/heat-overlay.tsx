import { type Explanation, placeInThirds } from '@touchstone/shared';
import { heatPixels } from '@touchstone/shared/present';
import { numberFormat } from '@touchstone/shared/words';
import { useEffect, useRef } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';

/** Colours and numbered frames over the picture. The words beside it say the same, so it is hidden from screen readers. */
export function HeatOverlay({ explanation }: { readonly explanation: Explanation }) {
  const { locale } = useI18n();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { columns, rows, regions } = explanation;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(heatPixels(explanation), explanation.columns, explanation.rows), 0, 0);
  }, [explanation]);
  return (
    <div className="heat" dir="ltr" aria-hidden="true">
      <canvas ref={canvas} className="heat-colours" width={columns} height={rows} />
      {regions.map(({ place }, index) => {
        const [column, row] = placeInThirds(place);
        return (
          <span
            key={place}
            className="heat-region"
            style={{ left: `${column * (100 / 3)}%`, top: `${row * (100 / 3)}%` }}
          >
            <span className="heat-number">{numberFormat(locale).format(index + 1)}</span>
          </span>
        );
      })}
    </div>
  );
}
