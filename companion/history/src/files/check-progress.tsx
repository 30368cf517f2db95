import type { VideoProgress } from '@touchstone/shared/api';
import { ProgressBar } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatSpan } from '../text/format.ts';
import type { FileKind } from './file-kind.ts';

interface Props {
  readonly kind: FileKind;
  readonly name: string;
  readonly progress: VideoProgress | undefined;
}

/** How far a check is: a sentence for pictures, frames and time left for videos. */
export function CheckProgress({ kind, name, progress }: Props) {
  const { t, locale } = useI18n();
  if (!progress) return <span className="help">{t(kind === 'video' ? 'video-reading' : 'checking')}</span>;
  const { framesAnalyzed, framesPlanned, timeLeft } = progress;
  const text = t('video-progress', { done: framesAnalyzed, total: framesPlanned });
  const left = timeLeft === null ? '' : t('time-left', { time: formatSpan(locale, timeLeft / 1000) });
  const share = framesPlanned > 0 ? Math.min(1, framesAnalyzed / framesPlanned) : 0;
  return (
    <ProgressBar value={share * 100} valueLabel={text} aria-label={name}>
      <span className="help">{[text, left].filter(Boolean).join(' · ')}</span>
      <span className="progress-track">
        <span className="progress-fill" style={{ inlineSize: `${share * 100}%` }} />
      </span>
    </ProgressBar>
  );
}
