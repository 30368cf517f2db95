import * as v from 'valibot';
import { BandMeasurement, bandOf } from './bands.ts';
import { ERROR_CODES } from './errors.ts';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';
import { ProviderReason } from './provider-reason.ts';
import { PackIdentity, type ResultRecord } from './record.ts';

/** An installed pack, with what each band of probability was worth on its evaluation set, where its description says. */
export const PackStatus = v.object({
  ...PackIdentity.entries,
  bands: v.optional(v.array(BandMeasurement)),
  /** Tiers that use this very version now; absent where an older companion does not say. */
  usedFor: v.optional(v.array(PackIdentity.entries.tier)),
  /** The same for its word together with another pack's. */
  bandsTogether: v.optional(v.array(BandMeasurement)),
});
export type PackStatus = v.InferOutput<typeof PackStatus>;

/** What the band of a record's probability was worth on the evaluation set of the packs that gave it, where that is known. */
export function measuredBand(
  packs: readonly PackStatus[],
  { pack, together, verdict }: Pick<ResultRecord, 'pack' | 'together' | 'verdict'>,
): BandMeasurement | undefined {
  const found = packs.find(({ name, version }) => name === pack.name && version === pack.version);
  const bands = together ? found?.bandsTogether : found?.bands;
  return bands?.find(({ band }) => band === bandOf(verdict.probability));
}

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
  /** The same, to be said in another language; an older companion does not send it. */
  providerWhy: v.optional(ProviderReason),
  /** All versions; of each name the one in use comes first. */
  packs: v.array(PackStatus),
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
