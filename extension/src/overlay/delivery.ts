import type { CreateOverlay } from './overlay.ts';

/**
 * Where the script that draws finds the script that watches: both run in the extension's own world of a frame, which no
 * page can look into. A symbol, because elements of a page are found under names.
 */
const SLOT = Symbol.for('touchstone.overlay');

/** For the script that watches. @param arrived called when the overlay's script runs in this frame */
export function awaitOverlay(arrived: (create: CreateOverlay) => void): void {
  Reflect.set(globalThis, SLOT, arrived);
}

/** For the overlay's script. */
export function deliverOverlay(create: CreateOverlay): void {
  const arrived: unknown = Reflect.get(globalThis, SLOT);
  if (typeof arrived === 'function') arrived(create);
}
