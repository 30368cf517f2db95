import { stepOf } from '@touchstone/shared/present';
import { useCallback, useEffect } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import type { ListedPicture } from '../messaging/requests.ts';
import { Glyph } from '../ui/glyph.tsx';
import { useTranslator } from '../ui/translation.tsx';
import { useFresh } from '../ui/use-background.ts';

/** Pages load pictures while they are read: the list is asked for anew this often while the popup is open. */
const ASK_EVERY_MS = 2_000;

interface TabPicturesProps {
  readonly tabId: number;
  readonly canCheck: boolean;
  /** Opens the card on the page, as a right-click does. */
  onCheck(picture: ListedPicture): Promise<void>;
}

/** The tab's pictures, what is known of each, and a button to check or show it: also for what no right-click reaches. */
export function TabPictures({ tabId, canCheck, onCheck }: TabPicturesProps) {
  const translator = useTranslator();
  const pictures = useFresh(
    useCallback(() => askBackground({ type: 'tab-pictures', tabId }), [tabId]),
    'results',
  );
  const { reload } = pictures;
  useEffect(() => {
    const timer = setInterval(() => void reload(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!pictures.value?.length) return null;
  return (
    <section className="panel results pictures">
      <h2>{translator.text('tab-pictures')}</h2>
      <ul>
        {pictures.value.map((picture, index) => (
          <Row
            key={`${picture.frameId} ${picture.number}`}
            picture={picture}
            name={picture.name || translator.text('picture-number', { number: translator.number(index + 1) })}
            canCheck={canCheck}
            onCheck={() => void onCheck(picture).then(reload)}
            // Where the popup stands, the card may not be seen.
            onShow={() => void onCheck(picture).then(() => window.close())}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly picture: ListedPicture;
  readonly name: string;
  readonly canCheck: boolean;
  onCheck(): void;
  onShow(): void;
}

function Row({ picture, name, canCheck, onCheck, onShow }: RowProps) {
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
      <span className="chip">
        <Glyph name={tone === 'pending' ? 'picture' : tone} />
      </span>
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
