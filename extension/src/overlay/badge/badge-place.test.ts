import { describe, expect, it } from 'vitest';
import type { Ground } from '../place/anchor.ts';
import { type Box, isOverlapping } from '../place/geometry.ts';
import { findPlace } from './badge-place.ts';

const visible: Box = { x: 0, y: 0, width: 400, height: 300 };
const badge = { width: 80, height: 26 };
const find = (ground: (place: Box) => Ground, others: readonly Box[] = []) =>
  findPlace({ anchor: { ground }, visible, badge, corner: 'top-end', direction: 'ltr', others });
const label = (box: Box, kind: Ground) => (place: Box) => (isOverlapping(place, box) ? kind : 'free');

describe('the place of a badge', () => {
  it('is the corner a person chose', () => {
    expect(find(() => 'free')).toEqual({ corner: 'top-end', inward: 0 });
  });

  it('is the other corner of the same edge where the first is in use', () => {
    expect(find(label({ x: 300, y: 0, width: 100, height: 30 }, 'used'))).toEqual({ corner: 'top-start', inward: 0 });
  });

  it('is below what lies over the upper part', () => {
    expect(find(label({ x: 0, y: 0, width: 400, height: 90 }, 'taken'))).toEqual({ corner: 'bottom-end', inward: 0 });
  });

  it('is further in where the picture has no corners', () => {
    const round = ({ x, y, width, height }: Box): Ground =>
      Math.hypot((x + width / 2 - 200) / 200, (y + height / 2 - 150) / 150) < 0.9 ? 'free' : 'taken';
    expect(find(round)?.inward).toBeGreaterThan(0);
  });

  it('is not that of another badge', () => {
    const taken = { x: 314, y: 6, width: 80, height: 26 };
    expect(find(() => 'free', [taken])).toEqual({ corner: 'top-start', inward: 0 });
  });

  it('is over a word of the page rather than nowhere', () => {
    expect(find(() => 'used')).toEqual({ corner: 'top-end', inward: 0 });
  });

  it('is nowhere under what covers the picture', () => {
    expect(find(() => 'taken')).toBeUndefined();
  });
});
