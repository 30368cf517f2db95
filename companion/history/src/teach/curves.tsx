import type { PackMeasurement } from '@touchstone/shared';
import { numberFormat } from '@touchstone/shared/words';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { type ReactNode, useState } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { FiguresTable } from '../system/figures-table.tsx';

/** All in CSS pixels: the drawing is square, and shrinks with the page. */
const SIDE = 220;
const MARGIN = 34;
const HALF = 0.5;
/** Rows of a curve's table. */
const MOST_ROWS = 40;

type Point = readonly [x: number, y: number];

interface PlotProps {
  readonly name: string;
  readonly points: readonly Point[];
  readonly across: string;
  readonly up: string;
  readonly mark?: Point | undefined;
}

/** Two shares against each other, with the line on which they are equal. */
function SharePlot({ name, points, across, up, mark }: PlotProps) {
  const { locale } = useI18n();
  const x = scaleLinear([0, 1], [MARGIN, SIDE]);
  const y = scaleLinear([0, 1], [SIDE - MARGIN, 0]);
  const path = line<Point>(
    ([at]) => x(at),
    ([, at]) => y(at),
  );
  const percent = numberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <div className="chart" dir="ltr">
      <svg viewBox={`-2 -6 ${SIDE + 8} ${SIDE + 8}`} className="teach-plot" role="img" aria-label={name}>
        {x.ticks(4).map((tick) => (
          <g key={tick}>
            <path className="grid-line" d={`M${x(tick)} ${y(0)}V${y(1)}M${x(0)} ${y(tick)}H${x(1)}`} />
            <text className="tick" x={x(tick)} y={y(0) + 14} textAnchor="middle">
              {percent.format(tick)}
            </text>
            <text className="tick" x={x(0) - 5} y={y(tick) + 4} textAnchor="end">
              {percent.format(tick)}
            </text>
          </g>
        ))}
        <path
          className="teach-even"
          d={
            path([
              [0, 0],
              [1, 1],
            ]) ?? ''
          }
        />
        <path className="teach-curve" d={path([...points]) ?? ''} />
        {mark && <circle className="teach-mark" cx={x(mark[0])} cy={y(mark[1])} r={5} />}
      </svg>
      <p className="help teach-axes">
        <bdi>{across}</bdi> → · ↑ <bdi>{up}</bdi>
      </p>
    </div>
  );
}

function AsTable({ children }: { readonly children: ReactNode }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <details className="disclosure" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('system-as-table')}</summary>
      {open && children}
    </details>
  );
}

/** What a threshold catches, and whom it accuses. */
export function RocSection({ measured: { roc } }: { readonly measured: PackMeasurement }) {
  const { t, share } = useI18n();
  const [threshold, setThreshold] = useState(HALF);
  const at = roc.findLast((point) => point.threshold >= threshold) ?? roc[0];
  const step = Math.max(1, Math.ceil(roc.length / MOST_ROWS));
  const rows = roc.filter((_, index) => index % step === 0 || index === roc.length - 1);
  if (!at) return null;
  const words = t('teach-at-threshold', { caught: share(at.truePositiveRate), accused: share(at.falsePositiveRate) });
  return (
    <FigureSection title={t('teach-roc')}>
      <SharePlot
        name={`${t('teach-roc')}. ${words}`}
        points={roc.map((point): Point => [point.falsePositiveRate, point.truePositiveRate])}
        across={t('teach-accused-share')}
        up={t('teach-caught')}
        mark={[at.falsePositiveRate, at.truePositiveRate]}
      />
      <Slider
        className="teach-slider"
        minValue={0}
        maxValue={1}
        step={0.01}
        value={threshold}
        onChange={(value) => setThreshold(Array.isArray(value) ? (value[0] ?? HALF) : value)}
        formatOptions={{ style: 'decimal', minimumFractionDigits: 2 }}
      >
        <Label>{t('teach-threshold')}</Label>
        <SliderOutput />
        <SliderTrack className="teach-track">
          <SliderThumb className="teach-thumb" />
        </SliderTrack>
      </Slider>
      <p aria-live="polite">{words}</p>
      <AsTable>
        <FiguresTable
          caption={t('teach-roc')}
          heads={[t('teach-threshold'), t('teach-caught'), t('teach-accused-share')]}
          rows={rows.map((point, index) => ({
            key: `${index}`,
            name: share(point.threshold),
            cells: [share(point.truePositiveRate), share(point.falsePositiveRate)],
          }))}
        />
      </AsTable>
    </FigureSection>
  );
}

/** What it said against what was true. */
export function ReliabilitySection({ measured: { reliability } }: { readonly measured: PackMeasurement }) {
  const { t, share, locale } = useI18n();
  const filled = reliability.flatMap((bin) =>
    bin.probability === null || bin.share === null ? [] : [{ ...bin, probability: bin.probability, share: bin.share }],
  );
  return (
    <FigureSection title={t('teach-reliability')}>
      <SharePlot
        name={t('teach-reliability')}
        points={filled.map((bin): Point => [bin.probability, bin.share])}
        across={t('teach-said-share')}
        up={t('teach-true-share')}
      />
      <AsTable>
        <FiguresTable
          caption={t('teach-reliability')}
          heads={[t('teach-said-share'), t('teach-true-share'), t('pictures')]}
          rows={filled.map((bin) => ({
            key: `${bin.from}`,
            name: share(bin.probability),
            cells: [share(bin.share), numberFormat(locale).format(bin.items)],
          }))}
        />
      </AsTable>
    </FigureSection>
  );
}
