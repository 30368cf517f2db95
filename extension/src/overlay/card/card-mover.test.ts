import { describe, expect, it, vi } from 'vitest';
import { createCardMover } from './card-mover.ts';

const card = { width: 300, height: 400 };
const viewport = { width: 1000, height: 600 };
const spot = { x: 500, y: 50 };

describe('a card that is moved', () => {
  it('follows the pointer that holds it, and stays where it was put', () => {
    const moved = vi.fn();
    const mover = createCardMover(moved);
    mover.place(spot, card, viewport);
    const follow = mover.grab(510, 60);
    follow(410, 90);
    expect(moved).toHaveBeenCalledOnce();
    expect(mover.place(spot, card, viewport)).toEqual({ x: 400, y: 80 });
    expect(mover.place({ x: 8, y: 8 }, card, viewport)).toEqual({ x: 400, y: 80 });
  });

  it('is moved by arrow keys, and by no others', () => {
    const mover = createCardMover(() => undefined);
    mover.place(spot, card, viewport);
    expect(mover.key('ArrowDown')).toBe(true);
    expect(mover.key('Enter')).toBe(false);
    expect(mover.place(spot, card, viewport)).toEqual({ x: 500, y: 74 });
  });

  it('never leaves the window', () => {
    const mover = createCardMover(() => undefined);
    mover.place(spot, card, viewport);
    mover.grab(0, 0)(5000, -5000);
    expect(mover.place(spot, card, viewport)).toEqual({ x: 692, y: 8 });
  });
});
