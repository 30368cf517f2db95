import type { FaceTrack, Timeline, TimelineShot } from '@touchstone/shared';
import type { ReactNode } from 'react';
import type { I18n } from '../i18n/i18n-context.tsx';
import { type Plot, xOf } from './timeline-scale.ts';

/** All in CSS pixels. */
const ROW = 32;
const BAR = 10;
const NAME_HEIGHT = 15;
/** A shot narrower than this has no number in its bar. */
const GAP = 1;

interface Given {
  readonly shots: readonly TimelineShot[];
  readonly tracks: readonly FaceTrack[];
  readonly plot: Plot;
  /** Where the first strip begins. */
  readonly top: number;
  readonly thresholds: Timeline['thresholds'];
  /** Id of the pattern for what speaks for AI, so that colour is never alone. */
  readonly hatch: string;
  readonly i18n: Pick<I18n, 't' | 'probability'>;
}

interface Bar {
  readonly start: number;
  readonly end: number;
  readonly probability: number;
}

/** Shots and faces as strips under the scores, on the same time axis. */
export function drawStrips({ shots, tracks, plot, top, thresholds, hatch, i18n }: Given): {
  readonly element: ReactNode;
  readonly height: number;
} {
  const { t, probability } = i18n;
  const rows: { readonly key: string; readonly name: string; readonly bars: readonly Bar[] }[] = [
    ...(shots.length > 1 ? [{ key: 'shots', name: t('shotsStrip', { count: shots.length }), bars: shots }] : []),
    ...tracks.map((track) => ({
      key: `face-${track.track}`,
      name: t('faceStrip', { number: track.track + 1, percent: probability(track.probability) }),
      bars: [track],
    })),
  ];
  const element = rows.map(({ key, name, bars }, index) => {
    const y = top + index * ROW;
    return (
      <g key={key}>
        <text className="strip-name" x={plot.left} y={y + NAME_HEIGHT - 3}>
          {name}
        </text>
        {bars.map((bar) => {
          const x = xOf(plot, bar.start);
          return (
            <rect
              key={bar.start}
              className={`strip strip-${standing(bar.probability, thresholds)}`}
              x={x}
              y={y + NAME_HEIGHT}
              width={Math.max(2, xOf(plot, bar.end) - x - GAP)}
              height={BAR}
              rx={2}
              {...(standing(bar.probability, thresholds) === 'fake' ? { fill: `url(#${hatch})` } : {})}
            />
          );
        })}
      </g>
    );
  });
  return { element, height: rows.length * ROW };
}

/** Where a pooled score stands against the pack's thresholds; the halves stand in where they are not known. */
export function standing(probability: number, thresholds: Timeline['thresholds']): 'fake' | 'real' | 'uncertain' {
  const { fakeAbove = 0.5, realBelow = 0.5 } = thresholds ?? {};
  if (probability > fakeAbove) return 'fake';
  return probability < realBelow ? 'real' : 'uncertain';
}
