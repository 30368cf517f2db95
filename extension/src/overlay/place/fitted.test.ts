import { describe, expect, it } from 'vitest';
import { fitted } from './fitted.ts';

const box = { x: 10, y: 20, width: 400, height: 400 };
const wide = { width: 1600, height: 900 };

describe('fitted', () => {
  it('leaves the bars out of a contained picture', () => {
    expect(fitted(box, wide, 'contain')).toEqual({ x: 10, y: 20 + 87.5, width: 400, height: 225 });
  });

  it('reaches beyond the box where the picture covers it', () => {
    const { x, width, height } = fitted(box, wide, 'cover');
    expect(height).toBe(400);
    expect(x + width / 2).toBe(210);
    expect(width).toBeGreaterThan(700);
  });

  it('is the whole box for a stretched picture or one of unknown size', () => {
    expect(fitted(box, wide, 'fill')).toEqual(box);
    expect(fitted(box, { width: 0, height: 0 }, 'contain')).toEqual(box);
  });

  it('lies where the page puts it', () => {
    expect(fitted(box, wide, 'contain', '50% 0%')).toMatchObject({ x: 10, y: 20 });
    expect(fitted(box, wide, 'contain', '0px 30px')).toMatchObject({ x: 10, y: 50 });
  });
});
