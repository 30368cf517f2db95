import type { PlotPoint, TimelinePlot } from './timeline-plot.ts';

/** Where a plot is drawn, in the units of whoever draws it. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Half the width of what is drawn for a moment that stands alone, in parts of the width. */
const ALONE = 0.002;

const round = (value: number): number => Math.round(value * 10) / 10;

/** Horizontal place of a part of the width, to a tenth of a unit. */
export const xIn = ({ left, width }: PlotArea, place: number): number => round(left + place * width);

/** Vertical place of a part of the height, to a tenth of a unit. */
export const yIn = ({ top, height }: PlotArea, place: number): number => round(top + place * height);

/** The part of the width that lies at a horizontal place: the way back from `xIn`. */
export const xBack = ({ left, width }: Pick<PlotArea, 'left' | 'width'>, at: number): number => (at - left) / width;

/** The part of the height that lies at a vertical place. */
export const yBack = ({ top, height }: Pick<PlotArea, 'top' | 'height'>, at: number): number => (at - top) / height;

function linePath(segment: readonly PlotPoint[], area: PlotArea): string {
  const [only] = segment;
  if (segment.length === 1 && only) {
    return `M${xIn(area, only.x - ALONE)} ${yIn(area, only.y)}H${xIn(area, only.x + ALONE)}`;
  }
  return `M${segment.map(({ x, y }) => `${xIn(area, x)} ${yIn(area, y)}`).join('L')}`;
}

function areaPath(segment: readonly PlotPoint[], area: PlotArea): string {
  const [only] = segment;
  if (segment.length === 1 && only) {
    const [left, right] = [xIn(area, only.x - ALONE), xIn(area, only.x + ALONE)];
    return `M${left} ${yIn(area, only.top)}H${right}V${yIn(area, only.bottom)}H${left}Z`;
  }
  const upper = segment.map(({ x, top }) => `${xIn(area, x)} ${yIn(area, top)}`);
  const lower = segment.map(({ x, bottom }) => `${xIn(area, x)} ${yIn(area, bottom)}`).toReversed();
  return `M${[...upper, ...lower].join('L')}Z`;
}

/** A plot as three SVG paths: the scores, the uncertainty around them, the cuts. Every segment is a subpath of its own. */
export interface PlotPaths {
  readonly line: string;
  readonly area: string;
  readonly cuts: string;
}

export function plotPaths({ segments, cuts }: Pick<TimelinePlot, 'segments' | 'cuts'>, area: PlotArea): PlotPaths {
  return {
    line: segments.map((segment) => linePath(segment, area)).join(''),
    area: segments.map((segment) => areaPath(segment, area)).join(''),
    cuts: cuts.map((place) => `M${xIn(area, place)} ${yIn(area, 0)}V${yIn(area, 1)}`).join(''),
  };
}
