import type { Magnifier } from '../api/evidence.ts';

export const ZOOMS = [2, 4, 8, 16] as const;
/** Part of what is seen that one key press moves by. */
const STEP = 0.25;

/** Keeps the magnified part inside the picture. Places are rounded, so that going back meets the kept view. */
export function placed({ x, y, zoom }: Magnifier): Magnifier {
  const half = 0.5 / zoom;
  const inside = (value: number) => Math.round(Math.min(1 - half, Math.max(half, value)) * 1000) / 1000;
  return { x: inside(x), y: inside(y), zoom };
}

/** Where a key moves the magnifier; undefined for keys that it does not take. */
export function movedBy(key: string, place: Magnifier): Magnifier | undefined {
  const step = STEP / place.zoom;
  const { x, y, zoom } = place;
  switch (key) {
    case 'ArrowLeft':
      return placed({ x: x - step, y, zoom });
    case 'ArrowRight':
      return placed({ x: x + step, y, zoom });
    case 'ArrowUp':
      return placed({ x, y: y - step, zoom });
    case 'ArrowDown':
      return placed({ x, y: y + step, zoom });
    case '+':
    case '=':
      return placed({ x, y, zoom: ZOOMS.find((one) => one > zoom) ?? zoom });
    case '-':
      return placed({ x, y, zoom: ZOOMS.findLast((one) => one < zoom) ?? zoom });
    default:
      return undefined;
  }
}
