import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

const version = v.pipe(FiniteNumber, v.integer());

/** Versions of the protocol that one side speaks, from the oldest to the newest. */
export const ProtocolRange = v.object({ min: version, max: version });
export type ProtocolRange = Readonly<v.InferOutput<typeof ProtocolRange>>;

/** From this version on both sides prove which versions they said they speak. */
export const RANGE_PROVEN_SINCE = 2;

/**
 * Versions that this build's companion speaks. Raise `max` with every change of a message; raise `min` when an old form is
 * dropped. Version 1 differs in the proofs alone: it stays for extensions that are updated later, which make no others.
 */
export const COMPANION_PROTOCOL: ProtocolRange = { min: 1, max: 2 };

/**
 * Versions that this build's extension speaks: none before 2, so that nobody between can have it make a proof that says
 * nothing of versions.
 */
export const EXTENSION_PROTOCOL: ProtocolRange = { min: 2, max: 2 };

export type Negotiation =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly behind: 'ours' | 'theirs' };

/**
 * Picks the newest version that both sides speak.
 * @returns the version, or which side is too old, so that the message can say what to update.
 */
export function negotiate(theirs: ProtocolRange, ours: ProtocolRange): Negotiation {
  const version = Math.min(ours.max, theirs.max);
  if (version >= ours.min && version >= theirs.min) return { ok: true, version };
  return { ok: false, behind: theirs.max < ours.min ? 'theirs' : 'ours' };
}
