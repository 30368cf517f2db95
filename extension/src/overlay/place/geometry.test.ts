import { describe, expect, it } from 'vitest';
import {
  badgeSpot,
  cardHeightLimit,
  cardSpot,
  explainingHeightLimit,
  explainingSpot,
  intersection,
  visiblePart,
} from './geometry.ts';

const viewport = { width: 1000, height: 800 };
const badge = { width: 80, height: 24 };
const card = { width: 320, height: 300 };

describe('visiblePart', () => {
  it('cuts a picture to the viewport', () => {
    expect(visiblePart({ x: -50, y: 700, width: 200, height: 200 }, viewport)).toEqual({
      x: 0,
      y: 700,
      width: 150,
      height: 100,
    });
  });
  it('is undefined when scrolled away or nearly so', () => {
    expect(visiblePart({ x: 0, y: 900, width: 200, height: 200 }, viewport)).toBeUndefined();
    expect(visiblePart({ x: 0, y: -190, width: 200, height: 200 }, viewport)).toBeUndefined();
  });
});

describe('intersection', () => {
  it('is empty, never negative, where boxes do not meet', () => {
    const far = intersection({ x: 0, y: 0, width: 10, height: 10 }, { x: 50, y: 50, width: 10, height: 10 });
    expect([far.width, far.height]).toEqual([0, 0]);
  });
});

describe('badgeSpot', () => {
  const picture = { x: 100, y: 100, width: 400, height: 300 };
  it.each([
    ['top-end', 'ltr', { x: 414, y: 106 }],
    ['top-end', 'rtl', { x: 106, y: 106 }],
    ['top-start', 'ltr', { x: 106, y: 106 }],
    ['bottom-start', 'rtl', { x: 414, y: 370 }],
    ['bottom-end', 'ltr', { x: 414, y: 370 }],
  ] as const)('%s in %s', (corner, direction, spot) => {
    expect(badgeSpot(picture, badge, corner, direction)).toEqual(spot);
  });
  it('never starts before a narrow picture', () => {
    const narrow = { x: 100, y: 100, width: 40, height: 40 };
    expect(badgeSpot(narrow, badge, 'top-end', 'ltr').x).toBe(100);
    expect(badgeSpot(narrow, badge, 'top-start', 'ltr').x).toBe(100);
  });
});

describe('cardSpot', () => {
  it('stands beside the picture at the end of the line', () => {
    expect(cardSpot({ x: 100, y: 100, width: 400, height: 300 }, card, viewport, 'ltr')).toEqual({ x: 508, y: 100 });
    expect(cardSpot({ x: 500, y: 100, width: 400, height: 300 }, card, viewport, 'rtl')).toEqual({ x: 172, y: 100 });
  });
  it('changes sides where there is no room', () => {
    expect(cardSpot({ x: 500, y: 100, width: 400, height: 300 }, card, viewport, 'ltr').x).toBe(172);
  });
  it('goes below or above a wide picture', () => {
    expect(cardSpot({ x: 50, y: 20, width: 900, height: 300 }, card, viewport, 'ltr').y).toBe(328);
    expect(cardSpot({ x: 50, y: 480, width: 900, height: 300 }, card, viewport, 'ltr').y).toBe(172);
  });
  it.each([
    { x: 0, y: 0, width: 1000, height: 800 },
    { x: -400, y: -400, width: 3000, height: 3000 },
    { x: 5000, y: 5000, width: 10, height: 10 },
    { x: -5000, y: -5000, width: 10, height: 10 },
  ])('stays inside the viewport for %o', (picture) => {
    for (const direction of ['ltr', 'rtl'] as const) {
      const spot = cardSpot(picture, card, viewport, direction);
      expect(spot.x).toBeGreaterThanOrEqual(8);
      expect(spot.y).toBeGreaterThanOrEqual(8);
      expect(spot.x + card.width).toBeLessThanOrEqual(992);
      expect(spot.y + card.height).toBeLessThanOrEqual(792);
    }
  });
});

describe('cardHeightLimit', () => {
  it('leaves a card alone that fits beside the player', () => {
    expect(cardHeightLimit({ x: 0, y: 0, width: 600, height: 400 }, card, viewport)).toBeUndefined();
  });
  it('keeps it below a player that is as wide as the page, and readable', () => {
    expect(cardHeightLimit({ x: 0, y: 100, width: 980, height: 300 }, card, viewport)).toBe(384);
    expect(cardHeightLimit({ x: 0, y: 100, width: 980, height: 690 }, { width: 600, height: 0 }, viewport)).toBe(220);
  });
  it('lets it cover half the height of what is seen of a player that is much wider', () => {
    expect(cardHeightLimit({ x: 0, y: 100, width: 980, height: 690 }, card, viewport)).toBe(345);
    expect(cardHeightLimit({ x: 0, y: -200, width: 980, height: 1400 }, card, viewport)).toBe(400);
  });
});

describe('a card that explains the colours over its picture', () => {
  it('is as any card where it fits beside', () => {
    const picture = { x: 0, y: 0, width: 600, height: 400 };
    expect(explainingHeightLimit(picture, card, viewport)).toBeUndefined();
    expect(explainingSpot(picture, card, viewport, 'ltr')).toEqual(cardSpot(picture, card, viewport, 'ltr'));
  });
  it('keeps to the larger room above or below', () => {
    expect(explainingHeightLimit({ x: 0, y: 40, width: 980, height: 400 }, card, viewport)).toBe(344);
    expect(explainingHeightLimit({ x: 0, y: 420, width: 980, height: 380 }, card, viewport)).toBe(404);
  });
  it.each([
    { x: 0, y: 0, width: 1000, height: 800 },
    { x: -400, y: -900, width: 3000, height: 3000 },
    { x: 10, y: 60, width: 980, height: 700 },
  ])('leaves more than half of what is seen of %o free, at one edge', (picture) => {
    for (const window of [viewport, { width: 360, height: 640 }, { width: 900, height: 360 }]) {
      const limit = explainingHeightLimit(picture, card, window) ?? Number.NaN;
      const size = { width: card.width, height: Math.min(700, limit) };
      for (const direction of ['ltr', 'rtl'] as const) {
        const { y } = explainingSpot(picture, size, window, direction);
        expect(size.height).toBeLessThan(window.height / 2);
        expect([8, window.height - size.height - 8]).toContain(y);
      }
    }
  });
});
