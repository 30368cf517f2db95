import { stepOf } from '@touchstone/shared/present';
import { useCallback, useEffect } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import type { ListedVideo } from '../messaging/requests.ts';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

/** Videos change while they play: the list is asked for anew this often while the popup is open. */
const ASK_EVERY_MS = 1_000;
/** Videos shown; the ones that play, and the largest, come first. */
const LISTED = 6;

interface TabVideosProps {
  readonly tabId: number;
  readonly canCheck: boolean;
  onCheck(video: ListedVideo): Promise<void>;
  onOpen(recordId: string): void;
}

/** The tab's videos, what is known of each, and a button to check it: also for what no right-click reaches. */
export function TabVideos({ tabId, canCheck, onCheck, onOpen }: TabVideosProps) {
  const translator = useTranslator();
  const videos = useLoaded(useCallback(() => askBackground({ type: 'tab-videos', tabId }), [tabId]));
  const { reload } = videos;
  useEffect(() => {
    const timer = setInterval(() => void reload(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!videos.value?.length) return null;
  return (
    <section className="panel results">
      <h2>{translator.text('tab-videos')}</h2>
      <ul>
        {videos.value.slice(0, LISTED).map((video, index) => (
          <Row
            key={`${video.frameId} ${video.number}`}
            video={video}
            name={video.title || translator.text('video-number', { number: translator.number(index + 1) })}
            canCheck={canCheck}
            onCheck={() => void onCheck(video).then(reload)}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly video: ListedVideo;
  readonly name: string;
  readonly canCheck: boolean;
  onCheck(): void;
  onOpen(recordId: string): void;
}

function Row({ video, name, canCheck, onCheck, onOpen }: RowProps) {
  const translator = useTranslator();
  const { verdict, leaning, probability, framesAnalyzed, activity, error, duration, recordId, logged } = video;
  const over = activity === 'ended';
  const judged = verdict !== undefined && (framesAnalyzed > 0 || over);
  const tone = error ? 'error' : judged ? stepOf({ value: verdict, leaning }) : 'pending';
  const doing =
    over && !judged
      ? translator.text('video-unchecked')
      : activity
        ? translator.text(`video-${activity}`)
        : video.playing && translator.text('video-playing');
  const facts = [
    duration === null ? translator.text('length-live') : translator.clock(duration),
    doing,
    judged && translator.text('video-frames', { count: translator.number(framesAnalyzed) }),
  ];
  const isProtected = error?.code === 'video-protected';
  const title = isProtected
    ? translator.text('video-protected')
    : error
      ? translator.text('error-title')
      : judged
        ? over
          ? translator.verdict({ value: verdict, leaning })
          : translator.text('video-so-far', { verdict: translator.verdict({ value: verdict, leaning }) })
        : name;
  // What is being checked needs no button, what cannot be checked has none; what ended has its record.
  const running = activity !== undefined && activity !== 'ended' && !error;
  return (
    <li className="result" data-verdict={tone}>
      <span className="chip">
        <Glyph name={tone === 'pending' ? 'video' : tone} />
      </span>
      <span className="result-words">
        <strong className="clipped" dir="auto" title={title}>
          {title}
        </strong>
        {title !== name && (
          <span className="hint clipped" dir="auto" title={name}>
            {name}
          </span>
        )}
        {framesAnalyzed > 0 && probability !== undefined && (
          <span className="hint">
            {translator.text('probability-likely', { percent: translator.percent(probability) })}
          </span>
        )}
        <span className="hint">{error ? translator.error(error).message : facts.filter(Boolean).join(' · ')}</span>
      </span>
      {recordId !== undefined && logged ? (
        <button type="button" className="button small" onClick={() => onOpen(recordId)}>
          {translator.text('history')}
        </button>
      ) : (
        !running &&
        !isProtected && (
          <button
            type="button"
            className="button small"
            disabled={!canCheck}
            aria-label={translator.text('video-check-named', { name })}
            onClick={onCheck}
          >
            {translator.text('video-check')}
          </button>
        )
      )}
    </li>
  );
}
