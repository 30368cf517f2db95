/** A candidate: corners in pixels of the picture (not clipped to it), and how sure a network is. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
}

/** How two boxes overlap: share of their union, or of the smaller one. */
type Overlap = 'union' | 'smaller';

/**
 * Non-maximum suppression: keeps the best box of every heap of boxes that overlap by more than `limit`, best first.
 * @param unit 1 where corners name pixels that belong to the box (the last stage), 0 where they are edges
 */
export function suppress<T extends Box>(boxes: readonly T[], limit: number, overlap: Overlap = 'union', unit = 0): T[] {
  const kept: T[] = [];
  for (const box of boxes.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((better) => overlapOf(better, box, overlap, unit) <= limit)) kept.push(box);
  }
  return kept;
}

export function overlapOf(a: Box, b: Box, overlap: Overlap = 'union', unit = 0): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left) + unit;
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + unit;
  if (width <= 0 || height <= 0) return 0;
  const inside = width * height;
  const [areaA, areaB] = [areaOf(a, unit), areaOf(b, unit)];
  return inside / (overlap === 'smaller' ? Math.min(areaA, areaB) : areaA + areaB - inside);
}

const areaOf = ({ left, top, right, bottom }: Box, unit: number): number =>
  (right - left + unit) * (bottom - top + unit);

/** Moves each corner by a share of the box's size. @param shift four shares: left, top, right, bottom */
export function shifted(box: Box, shift: ArrayLike<number>, score: number, unit: number): Box {
  const width = box.right - box.left + unit;
  const height = box.bottom - box.top + unit;
  return {
    left: box.left + (shift[0] ?? 0) * width,
    top: box.top + (shift[1] ?? 0) * height,
    right: box.right + (shift[2] ?? 0) * width,
    bottom: box.bottom + (shift[3] ?? 0) * height,
    score,
  };
}

/** The square around the middle of a box with its longer side. */
export function squared({ left, top, right, bottom, score }: Box): Box {
  const side = Math.max(right - left, bottom - top);
  const x = left + (right - left) / 2 - side / 2;
  const y = top + (bottom - top) / 2 - side / 2;
  return { left: x, top: y, right: x + side, bottom: y + side, score };
}
