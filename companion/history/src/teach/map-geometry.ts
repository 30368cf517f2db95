/** A place on the map: x to the right and y up, 0..1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export type Way = 'left' | 'right' | 'up' | 'down';

const STEPS: Readonly<Record<Way, Place>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: 1 },
  down: { x: 0, y: -1 },
};

/** Whether a place lies inside a drawn line, whose ends are joined (even-odd rule). */
export function isInside(place: Place, line: readonly Place[]): boolean {
  let inside = false;
  for (const [index, one] of line.entries()) {
    const before = line.at(index - 1) ?? one;
    const crosses = one.y > place.y !== before.y > place.y;
    if (crosses && place.x < ((before.x - one.x) * (place.y - one.y)) / (before.y - one.y) + one.x) inside = !inside;
  }
  return inside;
}

/** @returns index of the nearest of the places within a distance */
export function nearestWithin(places: readonly Place[], to: Place, distance: number): number | undefined {
  let [best, least] = [-1, distance];
  for (const [index, { x, y }] of places.entries()) {
    const far = Math.hypot(x - to.x, y - to.y);
    if (far <= least) [best, least] = [index, far];
  }
  return best < 0 ? undefined : best;
}

/** What lies aside counts so much farther than what lies straight ahead. */
const ASIDE = 2;

/** The place that an arrow key goes to from another: the nearest one in a quarter around its way. */
export function neighbourOf(places: readonly Place[], from: number, way: Way): number {
  const here = places[from];
  if (!here) return from;
  const step = STEPS[way];
  let [best, least] = [from, Number.POSITIVE_INFINITY];
  for (const [index, { x, y }] of places.entries()) {
    const [dx, dy] = [x - here.x, y - here.y];
    const ahead = dx * step.x + dy * step.y;
    const aside = Math.abs(dx * step.y - dy * step.x);
    if (index === from || ahead <= 0 || aside > ahead) continue;
    const far = ahead + ASIDE * aside;
    if (far < least) [best, least] = [index, far];
  }
  return best;
}
