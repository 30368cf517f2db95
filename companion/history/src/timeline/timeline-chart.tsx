import type { FaceTrack, Timeline } from '@touchstone/shared';
import { type KeyboardEvent, type PointerEvent, useId } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatTimecode } from '../text/format.ts';
import { useWidth } from '../ui/use-width.ts';
import { momentWords } from './moment-words.ts';
import { drawStrips } from './strips.tsx';
import { bandPath, linePath, nearestMoment, type Plot, runsOf, spanOf, timeTicks, xOf, yOf } from './timeline-scale.ts';

/** All in CSS pixels. */
const LEFT = 46;
const RIGHT = 10;
const TOP = 10;
const PLOT_HEIGHT = 140;
const AXIS_HEIGHT = 24;
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
  const { moments, shots, thresholds } = timeline;
  const plot: Plot = {
    left: LEFT,
    width: Math.max(1, width - LEFT - RIGHT),
    top: TOP,
    height: PLOT_HEIGHT,
    duration: spanOf(timeline),
  };
  const bottom = TOP + PLOT_HEIGHT;
  const stripsTop = bottom + AXIS_HEIGHT;
  const moment = moments[chosen];
  const withPoints = moments.length * POINT_GAP <= plot.width;

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
    choose(nearestMoment(moments, ((x - plot.left) / plot.width) * plot.duration));
  };
  const { element: strips, height: stripsHeight } = drawStrips({
    shots,
    tracks,
    plot,
    top: stripsTop,
    thresholds,
    hatch,
    i18n,
  });

  return (
    <div className="chart" dir="ltr" ref={frame}>
      {width > 0 && (
        <div
          className="chart-slider"
          role="slider"
          tabIndex={0}
          aria-label={t('timelineSlider')}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, moments.length - 1)}
          aria-valuenow={chosen}
          aria-valuetext={moment ? momentWords(i18n, moment) : t('noMoments')}
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
                  width={plot.width}
                  height={yOf(plot, thresholds.fakeAbove) - TOP}
                />
                <rect
                  className="zone zone-real"
                  x={LEFT}
                  y={yOf(plot, thresholds.realBelow)}
                  width={plot.width}
                  height={bottom - yOf(plot, thresholds.realBelow)}
                />
                {[thresholds.fakeAbove, thresholds.realBelow].map((threshold) => (
                  <path key={threshold} className="threshold" d={`M${LEFT} ${yOf(plot, threshold)}h${plot.width}`} />
                ))}
              </>
            )}
            {[0, 0.5, 1].map((share) => (
              <g key={share}>
                <path className="grid-line" d={`M${LEFT} ${yOf(plot, share)}h${plot.width}`} />
                <text className="tick" x={LEFT - 6} y={yOf(plot, share) + 4} textAnchor="end">
                  {i18n.share(share)}
                </text>
              </g>
            ))}
            {timeTicks(plot).map((time) => (
              <text
                key={time}
                className="tick"
                x={xOf(plot, time)}
                y={bottom + 16}
                textAnchor={time === 0 ? 'start' : xOf(plot, time) > LEFT + plot.width - 16 ? 'end' : 'middle'}
              >
                {formatTimecode(time).replace(/\.0$/, '')}
              </text>
            ))}
            {shots.slice(1).map((shot) => (
              <path key={shot.start} className="cut" d={`M${xOf(plot, shot.start)} ${TOP}V${bottom}`} />
            ))}
            {runsOf(moments).map((run) => (
              <g key={run[0]?.time}>
                <path className={run.length > 1 ? 'score-band' : 'score-whisker'} d={bandPath(plot, run)} />
                <path className="score-line" d={linePath(plot, run)} />
              </g>
            ))}
            {withPoints &&
              moments.map(({ time, probability }) => (
                <circle key={time} className="score-point" cx={xOf(plot, time)} cy={yOf(plot, probability)} r={2.5} />
              ))}
            {moment && (
              <g className="chosen">
                <path className="chosen-line" d={`M${xOf(plot, moment.time)} ${TOP}V${stripsTop + stripsHeight}`} />
                <path
                  className="chosen-band"
                  d={`M${xOf(plot, moment.time)} ${yOf(plot, moment.high)}V${yOf(plot, moment.low)}`}
                />
                <circle className="chosen-point" cx={xOf(plot, moment.time)} cy={yOf(plot, moment.probability)} r={5} />
              </g>
            )}
            {strips}
          </svg>
        </div>
      )}
    </div>
  );
}
