import { dirname, resolve } from 'node:path';

const SHIPPED = resolve(import.meta.dirname, '../../packs');

/** Whether a pack comes with Touchstone itself; every other is foreign until it was tried. */
export function isShipped({ folder }: { readonly folder: string }): boolean {
  return dirname(resolve(folder)) === SHIPPED;
}
