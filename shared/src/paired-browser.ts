import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

/** A paired browser as people see it; the secret is never part of it. */
export const PairedBrowser = v.object({
  id: v.string(),
  name: v.string(),
  origin: v.string(),
  pairedAt: FiniteNumber,
  lastSeenAt: v.nullable(FiniteNumber),
  connected: v.boolean(),
});
export type PairedBrowser = v.InferOutput<typeof PairedBrowser>;
export const PairedBrowsers = v.array(PairedBrowser);
export type PairedBrowsers = v.InferOutput<typeof PairedBrowsers>;
