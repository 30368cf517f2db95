import { CARD_GAP_PIXELS, type Size, type Spot } from '../place/geometry.ts';

/** One press of an arrow key, in CSS pixels. */
const STEP_PIXELS = 24;

const ARROW_MOVES: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -STEP_PIXELS, y: 0 },
  ArrowRight: { x: STEP_PIXELS, y: 0 },
  ArrowUp: { x: 0, y: -STEP_PIXELS },
  ArrowDown: { x: 0, y: STEP_PIXELS },
};

/** Where a person put the card; it stays there until it is closed. */
export interface CardMover {
  /** @returns where the card goes: where it was put, else `spot`; never out of the viewport */
  place(spot: Spot, card: Size, viewport: Size): Spot;
  /** The pointer took hold of the card. @returns to be called with each place of the pointer */
  grab(x: number, y: number): (x: number, y: number) => void;
  /** @returns whether a key moves the card */
  key(name: string): boolean;
}

/** @param moved called when the card has to be laid out again */
export function createCardMover(moved: () => void): CardMover {
  let put: Spot | undefined;
  let last: Spot = { x: 0, y: 0 };
  const clamp = (value: number, size: number, room: number) =>
    Math.round(Math.max(CARD_GAP_PIXELS, Math.min(value, room - size - CARD_GAP_PIXELS)));
  return {
    place(spot, card, viewport) {
      const { x, y } = put ?? spot;
      last = { x: clamp(x, card.width, viewport.width), y: clamp(y, card.height, viewport.height) };
      return last;
    },
    grab(x, y) {
      const from = last;
      return (toX, toY) => {
        put = { x: from.x + toX - x, y: from.y + toY - y };
        moved();
      };
    },
    key(name) {
      const by = ARROW_MOVES[name];
      if (!by) return false;
      put = { x: last.x + by.x, y: last.y + by.y };
      moved();
      return true;
    },
  };
}
