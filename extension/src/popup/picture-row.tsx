import { stepOf } from '@touchstone/shared/present';
import type { ListedPicture } from '../messaging/requests.ts';
import { useTranslator } from '../ui/translation.tsx';
import { type TabViewPart, Thumbnail } from './thumbnail.tsx';

interface PictureRowProps {
  readonly picture: ListedPicture;
  readonly name: string;
  readonly part: TabViewPart | undefined;
  readonly canCheck: boolean;
  onCheck(): void;
  onShow(): void;
}

/** One picture: what is known of it, and a button to check it or to show its card. */
export function PictureRow({ picture, name, part, canCheck, onCheck, onShow }: PictureRowProps) {
  const translator = useTranslator();
  const { verdict, checking, error, width, height } = picture;
  const tone = error ? 'error' : verdict ? stepOf(verdict) : 'pending';
  const title = error
    ? translator.text('error-title')
    : verdict
      ? translator.verdict(verdict)
      : checking
        ? translator.text('checking')
        : name;
  const size = { width: translator.number(width), height: translator.number(height) };
  return (
    <li className="result" data-verdict={tone}>
      <Thumbnail part={part} symbol={tone === 'pending' ? 'picture' : tone} isKnown={tone !== 'pending'} />
      <span className="result-words">
        <strong className="clipped" dir="auto" title={title} aria-live="polite">
          {title}
        </strong>
        {title !== name && (
          <span className="hint clipped" dir="auto" title={name}>
            {name}
          </span>
        )}
        {verdict && (
          <span className="hint">
            {translator.text('probability-likely', { percent: translator.percent(verdict.probability) })}
          </span>
        )}
        <span className="hint">{error ? translator.error(error).message : translator.text('picture-size', size)}</span>
      </span>
      <button
        type="button"
        className="button small"
        disabled={!canCheck || (checking && !verdict)}
        aria-label={translator.text(verdict ? 'picture-show-named' : 'video-check-named', { name })}
        onClick={verdict ? onShow : onCheck}
      >
        {translator.text(verdict ? 'picture-show' : 'video-check')}
      </button>
    </li>
  );
}
