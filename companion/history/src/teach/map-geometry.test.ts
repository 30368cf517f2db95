import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInside, nearestWithin, neighbourOf, type Way } from './map-geometry.ts';

const SQUARE = [
  { x: 0.2, y: 0.2 },
  { x: 0.8, y: 0.2 },
  { x: 0.8, y: 0.8 },
  { x: 0.2, y: 0.8 },
];

it('a drawn line holds what lies inside it, also where it is bent inwards', () => {
  expect(isInside({ x: 0.5, y: 0.5 }, SQUARE)).toBe(true);
  expect(isInside({ x: 0.1, y: 0.5 }, SQUARE)).toBe(false);
  const bent = [...SQUARE, { x: 0.6, y: 0.5 }];
  expect(isInside({ x: 0.3, y: 0.5 }, bent)).toBe(false);
  expect(isInside({ x: 0.7, y: 0.5 }, bent)).toBe(true);
  expect(isInside({ x: 0.5, y: 0.5 }, [])).toBe(false);
});

it('a press finds the nearest place, and none that is too far', () => {
  expect(nearestWithin(SQUARE, { x: 0.79, y: 0.81 }, 0.05)).toBe(2);
  expect(nearestWithin(SQUARE, { x: 0.5, y: 0.5 }, 0.05)).toBeUndefined();
});

const place = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});

it('an arrow key goes its way and nowhere else, and from every place but the last one on', () => {
  const BACK: Readonly<Record<Way, (a: { x: number; y: number }) => number>> = {
    left: ({ x }) => -x,
    right: ({ x }) => x,
    up: ({ y }) => y,
    down: ({ y }) => -y,
  };
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 30 }),
      fc.nat(),
      fc.constantFrom<Way>('left', 'right', 'up', 'down'),
      (places, start, way) => {
        const from = start % places.length;
        const to = neighbourOf(places, from, way);
        const [here, there] = [places[from], places[to]];
        if (!here || !there) throw new Error('nowhere');
        if (to !== from) expect(BACK[way](there)).toBeGreaterThan(BACK[way](here));
      },
    ),
    { seed: 1 },
  );
});
