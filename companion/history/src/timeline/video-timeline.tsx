import type { Timeline, TimelineMoment } from '@touchstone/shared';
import { nearestMoment } from '@touchstone/shared/present';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatTimecode } from '../text/format.ts';
import { momentWords } from './moment-words.ts';
import { PeakStrip } from './peak-strip.tsx';
import { TimelineChart } from './timeline-chart.tsx';
import { TimelineTable } from './timeline-table.tsx';

/** Face strips under the chart; further faces are in the table. */
const MAX_STRIPS = 4;

interface Props {
  readonly id: string;
  readonly timeline: Timeline;
}

/** What was seen over time: chart, telling pictures, and the same as a table. */
export function VideoTimeline({ id, timeline }: Props) {
  const i18n = useI18n();
  const { t, share } = i18n;
  const { moments, faceTracks, shots, framesAnalyzed, stoppedEarly, duration, thresholds } = timeline;
  const [chosen, setChosen] = useState(() => strongest(moments));
  const moment = moments[chosen];
  const peaks = (timeline.peaks ?? []).flatMap((time, index) => {
    const peak = moments[nearestMoment(moments, time)];
    return peak ? [{ index, moment: peak }] : [];
  });
  const tracks = faceTracks.toSorted((a, b) => b.frames - a.frames).slice(0, MAX_STRIPS);
  const facts = [
    t('frames-analyzed', { count: framesAnalyzed }),
    ...(duration === null ? [] : [t('length-of', { time: formatTimecode(duration) })]),
    ...(shots.length > 0 ? [t('shot-count', { count: shots.length })] : []),
    ...(faceTracks.length > 0 ? [t('face-count', { count: faceTracks.length })] : []),
  ];
  return (
    <section className="detail-section timeline" aria-labelledby="timeline-title">
      <h3 id="timeline-title">{t('timeline')}</h3>
      <p className="help">{facts.join(' · ')}</p>
      {stoppedEarly && <p className="help">{t('stopped-early')}</p>}
      {moments.length === 0 ? (
        <p>{t('no-moments')}</p>
      ) : (
        <>
          <TimelineChart timeline={timeline} tracks={tracks} chosen={chosen} onChoose={setChosen} />
          <p className="moment">{moment && momentWords(i18n, moment)}</p>
          <ul className="legend">
            <li>
              <span className="key key-line" aria-hidden="true" />
              {t('legend-score')}
            </li>
            <li>
              <span className="key key-band" aria-hidden="true" />
              {t('legend-band')}
            </li>
            {shots.length > 1 && (
              <li>
                <span className="key key-cut" aria-hidden="true" />
                {t('legend-cut')}
              </li>
            )}
            {thresholds && (
              <li>
                <span className="key key-threshold" aria-hidden="true" />
                {t('legend-thresholds', {
                  above: share(thresholds.fakeAbove),
                  below: share(thresholds.realBelow),
                })}
              </li>
            )}
          </ul>
          {faceTracks.length > MAX_STRIPS && (
            <p className="help">{t('more-faces', { count: faceTracks.length - MAX_STRIPS })}</p>
          )}
          <PeakStrip id={id} peaks={peaks} chosen={moment} onChoose={(peak) => setChosen(moments.indexOf(peak))} />
          <TimelineTable timeline={timeline} />
        </>
      )}
      <p className="help">{t('history-video-covers')}</p>
    </section>
  );
}

/** Index of the moment that looks most generated: what a reader wants to see first. */
function strongest(moments: readonly TimelineMoment[]): number {
  let best = 0;
  for (const [index, moment] of moments.entries()) {
    if (moment.probability > (moments[best]?.probability ?? 0)) best = index;
  }
  return best;
}
