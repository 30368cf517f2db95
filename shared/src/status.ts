import * as v from 'valibot';
import { BandMeasurement } from './bands.ts';
import { ERROR_CODES } from './errors.ts';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';
import { PackIdentity } from './record.ts';

/** What runs, on what, and why: for the popup, `touchstone status` and the history page. */
export const CompanionStatus = v.object({
  version: v.string(),
  protocol: FiniteNumber,
  pid: FiniteNumber,
  port: FiniteNumber,
  startedAt: FiniteNumber,
  provider: v.string(),
  /** Why this provider and not a faster one, in one sentence. */
  providerReason: v.string(),
  /** `bands`: what each band of probability was worth on the pack's evaluation set, where its description says. */
  packs: v.array(v.object({ ...PackIdentity.entries, bands: v.optional(v.array(BandMeasurement)) })),
  /** Name of the pack each tier uses now; null where there is none. */
  inUse: v.optional(v.object({ quick: v.nullable(v.string()), thorough: v.nullable(v.string()) })),
  recordingPaused: v.boolean(),
  records: FiniteNumber,
  queued: v.object({ live: FiniteNumber, asked: FiniteNumber, bulk: FiniteNumber }),
  workerRestarts: FiniteNumber,
  /** What goes wrong now and is survived, oldest first; codes are those of errors, so that every surface has words for them. */
  warnings: v.optional(v.array(v.object({ code: openCode(ERROR_CODES), at: FiniteNumber, text: v.string() }))),
});
export type CompanionStatus = v.InferOutput<typeof CompanionStatus>;
