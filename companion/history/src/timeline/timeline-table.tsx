import type { Timeline } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatTimecode } from '../text/format.ts';

interface Row {
  readonly key: string;
  readonly cells: readonly string[];
}

/** The chart in words and numbers, for those who read rather than look. */
export function TimelineTable({ timeline }: { readonly timeline: Timeline }) {
  const { t, probability } = useI18n();
  const [open, setOpen] = useState(false);
  const { moments, shots, faceTracks } = timeline;
  const span = (start: number, end: number) => t('from-to', { from: formatTimecode(start), to: formatTimecode(end) });
  return (
    <details className="disclosure" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('timeline-table')}</summary>
      {open && (
        <>
          <TableOf
            title="moments-title"
            heads={['moment-time', 'scale-ai', 'legend-band', 'moment-shot-head', 'faces-title']}
            rows={moments.map((moment) => ({
              key: String(moment.time),
              cells: [
                formatTimecode(moment.time),
                probability(moment.probability),
                t('from-to', { from: probability(moment.low), to: probability(moment.high) }),
                String(moment.shot + 1),
                String(moment.faces.length),
              ],
            }))}
          />
          <TableOf
            title="video-shots"
            heads={['moment-shot-head', 'span-head', 'scale-ai', 'frames']}
            rows={shots.map((shot, index) => ({
              key: String(shot.start),
              cells: [
                String(index + 1),
                span(shot.start, shot.end),
                probability(shot.probability),
                String(shot.frames),
              ],
            }))}
          />
          {faceTracks.length > 0 && (
            <TableOf
              title="faces-title"
              heads={['face-head', 'span-head', 'scale-ai', 'frames']}
              rows={faceTracks.map((track) => ({
                key: String(track.track),
                cells: [
                  String(track.track + 1),
                  span(track.start, track.end),
                  probability(track.probability),
                  String(track.frames),
                ],
              }))}
            />
          )}
        </>
      )}
    </details>
  );
}

interface TableProps {
  readonly title: MessageKey;
  readonly heads: readonly MessageKey[];
  readonly rows: readonly Row[];
}

function TableOf({ title, heads, rows }: TableProps) {
  const { t } = useI18n();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    // biome-ignore lint/a11y/useSemanticElements: names the box that scrolls
    <div className="scroll-x table-box" role="group" aria-label={t(title)} tabIndex={0}>
      <table className="table">
        <caption>{t(title)}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={heads[index]} className="number-cell">
                  <bdi>{cell}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
