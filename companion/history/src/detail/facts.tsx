import type { PictureFacts, ResultRecord } from '@touchstone/shared';
import { foreignText, numberFormat } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatBytes, formatMoment, formatTimecode } from '../text/format.ts';
import { LANE_KEYS, PATH_KEYS } from '../ui/verdict-words.ts';
import { Address } from './address-link.tsx';
import { CopyText } from './copy-text.tsx';
import { Fact, FactSection } from './fact.tsx';

/** Where the capture came from and how it was made. */
export function SourceFacts({ record }: { readonly record: ResultRecord }) {
  const { t, locale } = useI18n();
  const { source } = record;
  return (
    <FactSection title={t('source')}>
      {source.fileName && (
        <Fact name={t('file-name')}>
          <bdi>{foreignText(source.fileName)}</bdi>
        </Fact>
      )}
      {source.pageUrl && (
        <Fact name={t('page')}>
          {source.pageTitle && <bdi className="page-title">{foreignText(source.pageTitle)}</bdi>}
          <Address address={source.pageUrl} />
        </Fact>
      )}
      {source.url && (
        <Fact name={t('picture-address')}>
          <Address address={source.url} />
        </Fact>
      )}
      {source.mediaTime !== undefined && <Fact name={t('media-time')}>{formatTimecode(source.mediaTime)}</Fact>}
      <Fact name={t('capture-path')}>{t(PATH_KEYS[source.path])}</Fact>
      <Fact name={t('lane')}>{t(LANE_KEYS[record.lane])}</Fact>
      <Fact name={t('checked-at')}>
        <time dateTime={new Date(record.at).toISOString()}>{formatMoment(locale, record.at)}</time>
      </Fact>
    </FactSection>
  );
}

export function PictureSection({ picture }: { readonly picture: PictureFacts }) {
  const { t, locale } = useI18n();
  return (
    <FactSection title={t('picture')}>
      <Fact name={t('fact-size')}>
        <bdi>
          {picture.width} × {picture.height}
        </bdi>
      </Fact>
      <Fact name={t('file-size')}>{formatBytes(locale, picture.bytes)}</Fact>
      <Fact name={t('fact-format')}>{picture.format.toUpperCase()}</Fact>
      {picture.frames > 1 && <Fact name={t('frames')}>{numberFormat(locale).format(picture.frames)}</Fact>}
      <Fact name={t('sha256')}>
        <CopyText text={picture.sha256} />
      </Fact>
    </FactSection>
  );
}

export function ModelFacts({ record }: { readonly record: ResultRecord }) {
  const { t } = useI18n();
  const { pack, together } = record;
  const others = together?.packs.slice(1) ?? [];
  const lookedTwice = record.evidence.some(
    ({ kind, details }) => kind === 'classifier' && details.lookedTwice === true,
  );
  return (
    <FactSection title={t('fact-model')}>
      <Fact name={t('pack')}>{t('pack-version', { name: pack.name, version: pack.version })}</Fact>
      {others.map(({ name, version, sha256 }) => (
        <Fact key={sha256} name={t('together-with')}>
          {t('pack-version', { name, version })}
          <CopyText text={sha256} />
        </Fact>
      ))}
      <Fact name={t('tier')}>{t(pack.tier === 'quick' ? 'tier-quick' : 'tier-thorough')}</Fact>
      {lookedTwice && <Fact name={t('looked-twice')}>{t('looked-twice-at')}</Fact>}
      <Fact name={t('provider')}>
        <bdi>{record.provider}</bdi>
      </Fact>
      <Fact name={t('pack-hash')}>
        <CopyText text={pack.sha256} />
      </Fact>
    </FactSection>
  );
}
