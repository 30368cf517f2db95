import type { VerdictValue } from '@touchstone/shared';
import type { DayCount } from '@touchstone/shared/api';
import { numberFormat } from '@touchstone/shared/words';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatDay } from '../text/format.ts';
import { useWidth } from '../ui/use-width.ts';
import { VERDICT_KEYS } from '../ui/verdict-words.ts';
import { FiguresTable } from './figures-table.tsx';

/** All in CSS pixels. */
const PLOT_HEIGHT = 120;
const LEFT = 40;
const TOP = 8;
const GAP = 2;
/** Room for the lower half of the lowest number. */
const BELOW = 6;

/** From the ground up; as on every other surface the accused are on top. */
const ORDER: readonly VerdictValue[] = ['real', 'uncertain', 'fake'];

const totalOf = ({ verdicts }: DayCount): number => verdicts.fake + verdicts.uncertain + verdicts.real;

/** What the drawing is about, in a sentence. */
function useSummary(days: readonly DayCount[]): string {
  const { t, locale } = useI18n();
  const number = numberFormat(locale);
  const busiest = days.reduce((most, day) => (totalOf(day) > totalOf(most) ? day : most), days[0] ?? EMPTY);
  return t('system-days-chart', {
    days: number.format(days.length),
    total: number.format(days.reduce((sum, day) => sum + totalOf(day), 0)),
    most: number.format(totalOf(busiest)),
    day: formatDay(locale, busiest.day),
  });
}

const EMPTY: DayCount = { day: '1970-01-01', pictures: 0, videos: 0, verdicts: { fake: 0, real: 0, uncertain: 0 } };

/** Columns of checks by day, one part a verdict; the same as a table for those who read rather than look. */
export function DayChart({ days }: { readonly days: readonly DayCount[] }) {
  const { t, locale } = useI18n();
  const [frame, width] = useWidth<HTMLDivElement>();
  const [open, setOpen] = useState(false);
  const summary = useSummary(days);
  const highest = Math.max(0, ...days.map(totalOf));
  if (highest === 0) return <p className="help">{t('system-no-checks')}</p>;
  const step = Math.max(1, width - LEFT) / Math.max(1, days.length);
  const heightOf = (count: number): number => (count / highest) * PLOT_HEIGHT;
  const [first, last] = [days[0] ?? EMPTY, days.at(-1) ?? EMPTY];
  const bottom = TOP + PLOT_HEIGHT;
  return (
    <>
      <div className="chart" dir="ltr" ref={frame}>
        {width > 0 && (
          <svg width={width} height={bottom + BELOW} role="img" aria-label={summary}>
            {[0, highest].map((count) => (
              <g key={count}>
                <path className="grid-line" d={`M${LEFT} ${bottom - heightOf(count)}H${width}`} />
                <text className="tick" x={LEFT - 6} y={bottom - heightOf(count) + 4} textAnchor="end">
                  {numberFormat(locale, { notation: 'compact' }).format(count)}
                </text>
              </g>
            ))}
            {days.map((day, index) => (
              <DayColumn
                key={day.day}
                day={day}
                x={LEFT + index * step}
                width={Math.max(1, step - GAP)}
                bottom={bottom}
                heightOf={heightOf}
              />
            ))}
          </svg>
        )}
        {/* As text of the page: its own direction keeps the parts of a date together. */}
        <p className="figure-dates" style={{ paddingInlineStart: LEFT }} aria-hidden="true">
          <bdi>{formatDay(locale, first.day)}</bdi>
          <bdi>{formatDay(locale, last.day)}</bdi>
        </p>
      </div>
      <ul className="figure-legend">
        {ORDER.toReversed().map((verdict) => (
          <li key={verdict}>
            <span className={`figure-key tone-${verdict}`} aria-hidden="true" />
            {t(VERDICT_KEYS[verdict])}
          </li>
        ))}
      </ul>
      <details className="disclosure" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('system-as-table')}</summary>
        {open && <DayTable days={days} />}
      </details>
    </>
  );
}

interface ColumnProps {
  readonly day: DayCount;
  readonly x: number;
  readonly width: number;
  readonly bottom: number;
  readonly heightOf: (count: number) => number;
}

function DayColumn({ day, x, width, bottom, heightOf }: ColumnProps) {
  const below = (verdict: VerdictValue): number =>
    ORDER.slice(0, ORDER.indexOf(verdict)).reduce((sum, one) => sum + day.verdicts[one], 0);
  return ORDER.filter((verdict) => day.verdicts[verdict] > 0).map((verdict) => {
    const height = heightOf(day.verdicts[verdict]);
    const y = bottom - heightOf(below(verdict)) - height;
    return <rect key={verdict} className={`figure-column tone-${verdict}`} x={x} y={y} width={width} height={height} />;
  });
}

function DayTable({ days }: { readonly days: readonly DayCount[] }) {
  const { t, locale } = useI18n();
  const number = numberFormat(locale);
  return (
    <FiguresTable
      caption={t('system-days')}
      heads={[
        t('system-day'),
        t('pictures'),
        t('system-videos'),
        ...ORDER.toReversed().map((verdict) => t(VERDICT_KEYS[verdict])),
      ]}
      rows={days.toReversed().map((day) => ({
        key: day.day,
        name: formatDay(locale, day.day),
        cells: [day.pictures, day.videos, ...ORDER.toReversed().map((verdict) => day.verdicts[verdict])].map((count) =>
          number.format(count),
        ),
      }))}
    />
  );
}
