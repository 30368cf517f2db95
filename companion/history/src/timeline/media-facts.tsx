import type { PictureFacts, Timeline } from '@touchstone/shared';
import { foreignText, numberFormat } from '@touchstone/shared/words';
import { CopyText } from '../detail/copy-text.tsx';
import { Fact, FactSection } from '../detail/fact.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatBytes, formatTimecode } from '../text/format.ts';

interface Props {
  readonly timeline: Timeline;
  readonly picture: PictureFacts;
}

/** Facts of a video: its container where it was a file, its size in any case. */
export function MediaFacts({ timeline, picture }: Props) {
  const { t, locale } = useI18n();
  const { media, duration, framesAnalyzed } = timeline;
  const number = numberFormat(locale, { maximumFractionDigits: 3 });
  return (
    <FactSection title={t('kind-video')}>
      <Fact name={t('fact-size')}>
        <bdi>
          {media?.width ?? picture.width} × {media?.height ?? picture.height}
        </bdi>
      </Fact>
      <Fact name={t('fact-length')}>{duration === null ? t('unknown') : formatTimecode(duration)}</Fact>
      <Fact name={t('frames-checked')}>{number.format(framesAnalyzed)}</Fact>
      {media && (
        <>
          <Fact name={t('container')}>
            <bdi>{foreignText(media.container)}</bdi>
          </Fact>
          <Fact name={t('codec')}>
            <bdi>{foreignText(media.codec)}</bdi>
          </Fact>
          <Fact name={t('frame-rate')}>
            {media.framesPerSecond === null
              ? t('unknown')
              : t('frames-per-second', { rate: number.format(media.framesPerSecond) })}
          </Fact>
          <Fact name={t('complete')}>{t(media.truncated ? 'truncated-yes' : 'truncated-no')}</Fact>
          <Fact name={t('file-size')}>{formatBytes(locale, picture.bytes)}</Fact>
          <Fact name={t('sha256')}>
            <CopyText text={picture.sha256} />
          </Fact>
        </>
      )}
    </FactSection>
  );
}
