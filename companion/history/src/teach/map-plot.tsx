import type { DatasetMap } from '@touchstone/shared';
import { type PlotArea, xBack, xIn, yBack, yIn } from '@touchstone/shared/present';
import { foreignText } from '@touchstone/shared/words';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';
import { isInside, nearestWithin, neighbourOf, type Place, type Way } from './map-geometry.ts';

export type MapPoint = DatasetMap['points'][number];

/** All in units of the drawing, which is square and fills its room. */
const SIDE = 400;
const MARGIN = 12;
/** Half of a symbol. */
const SIZE = 5;
const RING = 8;
/** How far from a point a press still means it, 0..1 of the map. */
const NEAR = 0.03;
/** A line shorter than this was a press. */
const SHORTEST_LASSO = 3;

const KEYS: Readonly<Record<string, Way>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Told apart without colours: triangles for AI, circles for real. */
const SYMBOLS = {
  ai: (x: number, y: number): string => `M${x} ${y - SIZE}l${SIZE} ${2 * SIZE}h${-2 * SIZE}z`,
  real: (x: number, y: number): string =>
    `M${x - SIZE} ${y}a${SIZE} ${SIZE} 0 1 0 ${2 * SIZE} 0a${SIZE} ${SIZE} 0 1 0 ${-2 * SIZE} 0z`,
} as const;

interface Props {
  readonly points: readonly MapPoint[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (items: ReadonlySet<number>) => void;
}

const AREA: PlotArea = { left: MARGIN, top: MARGIN, width: SIDE - 2 * MARGIN, height: SIDE - 2 * MARGIN };
/** Places go upwards, drawings downwards. */
const x = (place: number): number => xIn(AREA, place);
const y = (place: number): number => yIn(AREA, 1 - place);

/** All symbols of a class are one shape: thousands of elements would be slow. */
const pathOf = (shown: readonly MapPoint[], truth: MapPoint['truth']): string =>
  shown
    .filter((point) => point.truth === truth)
    .map((point) => SYMBOLS[truth](x(point.x), y(point.y)))
    .join('');

/** Pictures as places, alike ones near each other. Chosen by a drawn line, a press, or arrow keys and the space bar. */
export function MapPlot({ points, selected, onSelect }: Props) {
  const { t } = useI18n();
  const [active, setActive] = useState(0);
  const [lasso, setLasso] = useState<readonly Place[]>([]);
  const drawing = useRef<SVGSVGElement>(null);
  const grounds = useMemo(() => ({ ai: pathOf(points, 'ai'), real: pathOf(points, 'real') }), [points]);
  const marks = useMemo(() => {
    const chosen = points.filter(({ item }) => selected.has(item));
    return { ai: pathOf(chosen, 'ai'), real: pathOf(chosen, 'real') };
  }, [points, selected]);

  const change = (items: Iterable<number>, on: (item: number) => boolean): void => {
    const next = new Set(selected);
    for (const item of items) {
      if (on(item)) next.add(item);
      else next.delete(item);
    }
    onSelect(next);
  };

  function placeOf({ clientX, clientY }: PointerEvent): Place {
    const box = drawing.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    const unit = SIDE / box.width;
    return { x: xBack(AREA, (clientX - box.left) * unit), y: 1 - yBack(AREA, (clientY - box.top) * unit) };
  }
  function drawn(event: PointerEvent): void {
    const line = [...lasso];
    setLasso([]);
    if (line.length === 0) return;
    if (line.length > SHORTEST_LASSO) {
      change(
        points.filter((point) => isInside(point, line)).map(({ item }) => item),
        () => true,
      );
      return;
    }
    const found = nearestWithin(points, placeOf(event), NEAR);
    const item = found === undefined ? undefined : points[found]?.item;
    if (found === undefined || item === undefined) return;
    setActive(found);
    change([item], () => !selected.has(item));
  }
  function pressed(event: KeyboardEvent): void {
    const here = points[active];
    const way = KEYS[event.key];
    if (way) {
      const next = neighbourOf(points, active, way);
      setActive(next);
      const item = points[next]?.item;
      if (event.shiftKey && item !== undefined) change([item], () => true);
    } else if (event.key === ' ' && here) change([here.item], (item) => !selected.has(item));
    else if (event.key === 'Escape') onSelect(new Set());
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onSelect(new Set(points.map(({ item }) => item)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const here = points[active];
  return (
    <div
      className="chart teach-map"
      dir="ltr"
      role="listbox"
      aria-multiselectable="true"
      aria-label={t('teach-map')}
      aria-describedby="teach-map-keys"
      aria-activedescendant="teach-map-active"
      tabIndex={0}
      onKeyDown={pressed}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setLasso([placeOf(event)]);
      }}
      onPointerMove={(event) => {
        if (lasso.length > 0) setLasso([...lasso, placeOf(event)]);
      }}
      onPointerUp={drawn}
      onPointerCancel={() => setLasso([])}
    >
      <svg ref={drawing} viewBox={`0 0 ${SIDE} ${SIDE}`} className="teach-map-plot" aria-hidden="true">
        <path className="teach-map-real" d={grounds.real} />
        <path className="teach-map-ai" d={grounds.ai} />
        <path className="teach-map-chosen" d={marks.real} />
        <path className="teach-map-chosen" d={marks.ai} />
        {lasso.length > 1 && (
          <path className="teach-lasso" d={`M${lasso.map((at) => `${x(at.x)} ${y(at.y)}`).join('L')}Z`} />
        )}
        {here && <circle className="teach-map-active" cx={x(here.x)} cy={y(here.y)} r={RING} />}
      </svg>
      {here && (
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which of its options is meant
        <span id="teach-map-active" className="visually-hidden" role="option" aria-selected={selected.has(here.item)}>
          <bdi>{foreignText(here.name)}</bdi>, {t(`teach-truth-${here.truth}`)}
        </span>
      )}
    </div>
  );
}
