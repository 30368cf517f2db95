import type { CaveatCode } from '../sentences.ts';

/** Caveats that alone leave a verdict open: wherever reasons stand, these stand before them. */
export const DECIDING_CAVEATS: ReadonlySet<string> = new Set<CaveatCode>([
  'file-contradicts',
  'very-small-picture',
  'flat-graphic',
]);
