import { GROUP_SIZE_CAP, type ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { memo } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatMoment, formatTimecode, formatWhen } from '../text/format.ts';
import { recordName } from '../text/record-name.ts';
import { siteOf } from '../text/safe-link.ts';
import { Icon } from '../ui/icons.tsx';
import { KIND_KEYS, LABEL_KEYS } from '../ui/verdict-words.ts';
import { Thumbnail } from './thumbnail.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

interface Props {
  readonly record: ResultRecord;
  /** Place in the list, from 0. */
  readonly index: number;
  /** Distance from the list's head, in CSS pixels. */
  readonly start: number;
  readonly height: number;
  readonly selected: boolean;
  readonly open: boolean;
  /** How many records of the same content the row stands for. */
  readonly size: number;
  /** The one row that the Tab key reaches. */
  readonly current: boolean;
}

/** One result. Clicks and keys are handled by the grid around it. */
export const RecordRow = memo(function RecordRow(props: Props) {
  const { record, index, start, height, selected, open, size, current } = props;
  const { t, locale } = useI18n();
  const { source, verdict, label } = record;
  const name = recordName(source) ?? t(KIND_KEYS[source.kind]);
  const facts = [
    siteOf(source.pageUrl) ?? (source.path === 'file' ? t('history-path-file') : undefined),
    source.kind === 'video-frame' ? t('kind-frame') : undefined,
    source.kind === 'video' ? videoWords(t('kind-video'), record.timeline?.duration) : undefined,
    source.pageTitle ? foreignText(source.pageTitle) : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list positions its rows; a table cannot
    <div
      role="row"
      className="row"
      data-id={record.id}
      data-open={open || undefined}
      aria-rowindex={index + 1}
      aria-selected={selected}
      aria-current={open || undefined}
      tabIndex={current ? 0 : -1}
      style={{ transform: `translateY(${start}px)`, height }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: keys are handled on the row, as the grid pattern allows */}
      <span role="gridcell" className="cell-select">
        <input
          type="checkbox"
          className="row-check"
          tabIndex={-1}
          checked={selected}
          readOnly
          aria-label={t('select-record', { name })}
        />
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <span role="gridcell" className="cell-what">
        <Thumbnail record={record} />
        <span className="row-text">
          <bdi className="row-name">{name}</bdi>
          <span className="row-facts">
            <bdi>{facts.join(' · ')}</bdi>
            {size > 1 && (
              <button type="button" className="row-group" tabIndex={-1} data-content={record.picture.sha256}>
                {size >= GROUP_SIZE_CAP
                  ? t('checks-over', { count: GROUP_SIZE_CAP - 1 })
                  : t('checks', { count: size })}
              </button>
            )}
            {label && (
              <span className="row-label">
                <Icon name="label" size={14} />
                {t(LABEL_KEYS[label])}
              </span>
            )}
          </span>
        </span>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <span role="gridcell" className="cell-verdict">
        <VerdictBadge verdict={verdict} />
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <span role="gridcell" className="cell-time">
        <time dateTime={new Date(record.at).toISOString()} title={formatMoment(locale, record.at)}>
          {formatWhen(locale, record.at, Date.now())}
        </time>
      </span>
    </div>
  );
});

/** `Video, 1:05` or only `Video`. */
function videoWords(kind: string, duration: number | null | undefined): string {
  return duration ? `${kind} ${formatTimecode(Math.round(duration)).replace(/\.0$/, '')}` : kind;
}
