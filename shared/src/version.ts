/** Protocol versions this build speaks. Raise `max` with every change of a message; raise `min` when an old form is dropped. */
export const PROTOCOL = { min: 1, max: 1 } as const;

export interface ProtocolRange {
  readonly min: number;
  readonly max: number;
}

export type Negotiation =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly behind: 'ours' | 'theirs' };

/**
 * Picks the newest version that both sides speak.
 * @returns the version, or which side is too old, so that the message can say what to update.
 */
export function negotiate(theirs: ProtocolRange, ours: ProtocolRange = PROTOCOL): Negotiation {
  const version = Math.min(ours.max, theirs.max);
  if (version >= ours.min && version >= theirs.min) return { ok: true, version };
  return { ok: false, behind: theirs.max < ours.min ? 'theirs' : 'ours' };
}
