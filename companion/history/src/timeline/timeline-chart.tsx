import type { FaceTrack, Timeline } from '@touchstone/shared';
import {
  heightOf,
  nearestMoment,
  type PlotArea,
  placeOf,
  plotPaths,
  plotTimeline,
  timeAt,
  timeTicks,
  xBack,
  xIn,
  yIn,
} from '@touchstone/shared/present';
import { type KeyboardEvent, type PointerEvent, useId } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatTimecode } from '../text/format.ts';
import { useWidth } from '../ui/use-width.ts';
import { momentWords } from './moment-words.ts';
import { drawStrips } from './strips.tsx';

/** All in CSS pixels. */
const LEFT = 46;
const RIGHT = 10;
const TOP = 10;
const PLOT_HEIGHT = 140;
const AXIS_HEIGHT = 24;
/** Room that one time under the axis needs. */
const TICK_WIDTH = 64;
/** Moments closer than this are a line without points. */
const POINT_GAP = 7;
/** Moments that Page Up and Page Down go at once. */
const PAGE = 10;

interface Props {
  readonly timeline: Timeline;
  readonly tracks: readonly FaceTrack[];
  /** Index of the chosen moment. */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/** Scores over time, drawn by ourselves: a slider over the moments for keys, pointer and screen readers. */
export function TimelineChart({ timeline, tracks, chosen, onChoose }: Props) {
  const i18n = useI18n();
  const { t } = i18n;
  const hatch = useId();
  const [frame, width] = useWidth<HTMLDivElement>();
  const { moments } = timeline;
  const plot = plotTimeline({ ...timeline, faceTracks: tracks });
  const { span, thresholds } = plot;
  const area: PlotArea = { left: LEFT, width: Math.max(1, width - LEFT - RIGHT), top: TOP, height: PLOT_HEIGHT };
  const paths = plotPaths(plot, area);
  const timeX = (time: number) => xIn(area, placeOf(time, span));
  const scoreY = (probability: number) => yIn(area, heightOf(probability));
  const bottom = TOP + PLOT_HEIGHT;
  const stripsTop = bottom + AXIS_HEIGHT;
  const moment = moments[chosen];
  const withPoints = moments.length * POINT_GAP <= area.width;

  const choose = (index: number) => onChoose(Math.max(0, Math.min(moments.length - 1, index)));
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: chosen + 1,
      ArrowUp: chosen + 1,
      ArrowLeft: chosen - 1,
      ArrowDown: chosen - 1,
      PageUp: chosen + PAGE,
      PageDown: chosen - PAGE,
      Home: 0,
      End: moments.length - 1,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    // The panel around would take the arrows for "next result".
    event.preventDefault();
    choose(to);
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0 && event.pointerType !== 'mouse') return;
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    choose(nearestMoment(moments, timeAt(xBack(area, x), span)));
  };
  const { element: strips, height: stripsHeight } = drawStrips({ plot, area, top: stripsTop, hatch, i18n });

  return (
    <div className="chart" dir="ltr" ref={frame}>
      {width > 0 && (
        <div
          className="chart-slider"
          role="slider"
          tabIndex={0}
          aria-label={t('timeline-slider')}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, moments.length - 1)}
          aria-valuenow={chosen}
          aria-valuetext={moment ? momentWords(i18n, moment) : t('no-moments')}
          onKeyDown={onKeyDown}
          onPointerDown={onPointer}
          onPointerMove={onPointer}
        >
          <svg width={width} height={stripsTop + stripsHeight} aria-hidden="true" focusable="false">
            <defs>
              <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect className="hatch-ground" width="6" height="6" />
                <path className="hatch-line" d="M0 0V6" />
              </pattern>
            </defs>
            {thresholds && (
              <>
                <rect
                  className="zone zone-fake"
                  x={LEFT}
                  y={TOP}
                  width={area.width}
                  height={yIn(area, thresholds.fakeAbove) - TOP}
                />
                <rect
                  className="zone zone-real"
                  x={LEFT}
                  y={yIn(area, thresholds.realBelow)}
                  width={area.width}
                  height={bottom - yIn(area, thresholds.realBelow)}
                />
                {[thresholds.fakeAbove, thresholds.realBelow].map((threshold) => (
                  <path key={threshold} className="threshold" d={`M${LEFT} ${yIn(area, threshold)}h${area.width}`} />
                ))}
              </>
            )}
            {plot.shares.map(({ share, y }) => (
              <g key={share}>
                <path className="grid-line" d={`M${LEFT} ${yIn(area, y)}h${area.width}`} />
                <text className="tick" x={LEFT - 6} y={yIn(area, y) + 4} textAnchor="end">
                  {i18n.share(share)}
                </text>
              </g>
            ))}
            {timeTicks(span, area.width / TICK_WIDTH).map((time) => (
              <text
                key={time}
                className="tick"
                x={timeX(time)}
                y={bottom + 16}
                textAnchor={time === span.start ? 'start' : timeX(time) > LEFT + area.width - 16 ? 'end' : 'middle'}
              >
                {formatTimecode(time).replace(/\.0$/, '')}
              </text>
            ))}
            <path className="cut" d={paths.cuts} />
            <path className="score-band" d={paths.area} />
            <path className="score-line" d={paths.line} />
            {withPoints &&
              moments.map(({ time, probability }) => (
                <circle key={time} className="score-point" cx={timeX(time)} cy={scoreY(probability)} r={2.5} />
              ))}
            {moment && (
              <g className="chosen">
                <path className="chosen-line" d={`M${timeX(moment.time)} ${TOP}V${stripsTop + stripsHeight}`} />
                <path
                  className="chosen-band"
                  d={`M${timeX(moment.time)} ${scoreY(moment.high)}V${scoreY(moment.low)}`}
                />
                <circle className="chosen-point" cx={timeX(moment.time)} cy={scoreY(moment.probability)} r={5} />
              </g>
            )}
            {strips}
          </svg>
        </div>
      )}
    </div>
  );
}
