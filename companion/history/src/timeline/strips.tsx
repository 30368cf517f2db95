import { type PlotArea, type PlotBar, type TimelinePlot, xIn } from '@touchstone/shared/present';
import type { ReactNode } from 'react';
import type { I18n } from '../i18n/i18n-context.tsx';

/** All in CSS pixels. */
const ROW = 32;
const BAR = 10;
const NAME_HEIGHT = 15;
/** A shot narrower than this has no number in its bar. */
const GAP = 1;

interface Given {
  readonly plot: Pick<TimelinePlot, 'shots' | 'faces'>;
  readonly area: PlotArea;
  /** Where the first strip begins. */
  readonly top: number;
  /** Id of the pattern for what speaks for AI, so that colour is never alone. */
  readonly hatch: string;
  readonly i18n: Pick<I18n, 't' | 'probability'>;
}

/** Shots and faces as strips under the scores, on the same time axis. */
export function drawStrips({ plot: { shots, faces }, area, top, hatch, i18n }: Given): {
  readonly element: ReactNode;
  readonly height: number;
} {
  const { t, probability } = i18n;
  const rows: { readonly key: string; readonly name: string; readonly bars: readonly PlotBar[] }[] = [
    ...(shots.length > 1 ? [{ key: 'shots', name: t('shots-strip', { count: shots.length }), bars: shots }] : []),
    ...faces.map((face) => ({
      key: `face-${face.track}`,
      name: t('face-strip', { number: face.track + 1, percent: probability(face.probability) }),
      bars: [face],
    })),
  ];
  const element = rows.map(({ key, name, bars }, index) => {
    const y = top + index * ROW;
    return (
      <g key={key}>
        <text className="strip-name" x={area.left} y={y + NAME_HEIGHT - 3}>
          {name}
        </text>
        {bars.map((bar) => {
          const x = xIn(area, bar.from);
          return (
            <rect
              key={bar.from}
              className={`strip strip-${bar.step}`}
              x={x}
              y={y + NAME_HEIGHT}
              width={Math.max(2, xIn(area, bar.to) - x - GAP)}
              height={BAR}
              rx={2}
              {...(bar.step === 'likely-ai' ? { fill: `url(#${hatch})` } : {})}
            />
          );
        })}
      </g>
    );
  });
  return { element, height: rows.length * ROW };
}
