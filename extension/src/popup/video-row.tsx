import { stepOf } from '@touchstone/shared/present';
import type { ListedVideo } from '../messaging/requests.ts';
import { useTranslator } from '../ui/translation.tsx';
import { type TabViewPart, Thumbnail } from './thumbnail.tsx';

interface VideoRowProps {
  readonly video: ListedVideo;
  readonly name: string;
  readonly part?: TabViewPart | undefined;
  readonly canCheck: boolean;
  onCheck(): void;
  onOpen(recordId: string): void;
}

/** One video: what is known of it, and a button to check it or to open its record. */
export function VideoRow({ video, name, part, canCheck, onCheck, onOpen }: VideoRowProps) {
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
      <Thumbnail part={part} symbol={tone === 'pending' ? 'video' : tone} isKnown={tone !== 'pending'} />
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
