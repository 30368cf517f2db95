import * as v from 'valibot';
import { CaptureSource, Lane } from './capture.ts';
import { CaseReference, CaseRight } from './cases.ts';
import { Evidence } from './evidence.ts';
import { FiniteNumber } from './finite-number.ts';
import { FileFact, Provenance } from './provenance.ts';
import { Timeline } from './timeline.ts';
import { Leaning, Verdict, VerdictValue } from './verdict.ts';

/** Facts about the decoded picture. */
export const PictureFacts = v.object({
  /** Container by its magic bytes: jpeg, png, webp, avif, gif, tiff, bmp. */
  format: v.string(),
  width: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
  height: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
  bytes: v.pipe(FiniteNumber, v.integer(), v.minValue(0)),
  /** Frames in the file; above 1 the file is animated. */
  frames: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
  /** Lower-case hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** 64-bit perceptual hash (DCT), lower-case hex. */
  perceptualHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
});
export type PictureFacts = v.InferOutput<typeof PictureFacts>;

export const PackIdentity = v.object({
  name: v.string(),
  version: v.string(),
  /** Of the ONNX file. */
  sha256: v.string(),
  tier: v.picklist(['quick', 'thorough']),
});
export type PackIdentity = v.InferOutput<typeof PackIdentity>;

/** One version of a pack, as it is named everywhere: `name@version`. No name has an `@`. */
export function packLabel({ name, version }: Pick<PackIdentity, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/**
 * Several packs' words as one probability: sigmoid(sum of weight * logit + bias). The logits stand in the evidence of each
 * pack.
 */
export const Together = v.object({
  /** The pack that brings the calibration, then the others. */
  packs: v.pipe(v.array(PackIdentity), v.minLength(2), v.maxLength(8)),
  /** One a pack, of its uncalibrated logit. */
  weights: v.pipe(v.array(FiniteNumber), v.minLength(2), v.maxLength(8)),
  bias: FiniteNumber,
  /** What the weights were fitted on, in words. */
  fittedOn: v.string(),
});
export type Together = v.InferOutput<typeof Together>;

/** Milliseconds spent in each room; absent where a room had nothing to do. */
export const Timings = v.object({
  queue: FiniteNumber,
  decode: FiniteNumber,
  evidence: FiniteNumber,
  inference: FiniteNumber,
  total: FiniteNumber,
});
export type Timings = v.InferOutput<typeof Timings>;

export const SeenBefore = v.object({
  recordId: v.string(),
  /** Milliseconds since 1970. */
  at: FiniteNumber,
  verdict: VerdictValue,
  /** Of that verdict; absent where it was not known. */
  leaning: v.optional(Leaning),
  pageUrl: v.optional(v.string()),
  /** Differing bits of the perceptual hash; 0 with `exact` means the same bytes. */
  distance: FiniteNumber,
  exact: v.boolean(),
});
export type SeenBefore = v.InferOutput<typeof SeenBefore>;

/** What a person says a picture really is. */
export const LABELS = ['fake', 'real', 'unsure'] as const;
export const Label = v.picklist(LABELS);
export type Label = v.InferOutput<typeof Label>;

/** What the log keeps and every surface shows. */
export const ResultRecord = v.object({
  /** ULID: sorts by time. */
  id: v.string(),
  /** Milliseconds since 1970, when the capture was accepted. */
  at: FiniteNumber,
  lane: Lane,
  source: CaptureSource,
  picture: PictureFacts,
  verdict: Verdict,
  evidence: v.array(Evidence),
  /** The pack that decided; with `together` the one that brings the common calibration. */
  pack: PackIdentity,
  together: v.optional(Together),
  /** Execution provider that ran the pack: cpu, webgpu, cuda, coreml, dml. */
  provider: v.string(),
  timings: Timings,
  seenBefore: v.optional(SeenBefore),
  /** Content Credentials; absent when the file has none. */
  provenance: v.optional(Provenance),
  /** Neutral facts of the file. */
  facts: v.optional(v.pipe(v.array(FileFact), v.maxLength(200))),
  /** What was seen over time; only for kind `video`. */
  timeline: v.optional(Timeline),
  label: v.optional(v.nullable(Label), null),
  /** False for private windows and while recording is paused: the record was never written. */
  logged: v.boolean(),
  hasThumbnail: v.boolean(),
  hasOriginal: v.boolean(),
  /** Version of the companion that read the file and decided; older records have none. */
  companion: v.optional(v.pipe(v.string(), v.maxLength(100))),
  /** Record that this one checks again, with another pack or a newer Touchstone. */
  recheckOf: v.optional(v.string()),
  /** Cases that a person put it into; absent where there is none, as the tags and the note beside it. */
  cases: v.optional(v.array(CaseReference)),
  tags: v.optional(v.array(v.string())),
  note: v.optional(v.string()),
  /** Of somebody else's record that a case shares: whose it is, and what whoever asks may do with it. Absent of one's own. */
  shared: v.optional(v.object({ owner: v.string(), right: CaseRight })),
});
export type ResultRecord = v.InferOutput<typeof ResultRecord>;

/** "thorough 1.2.1": one value, so that a line from right to left does not part name and number. */
export const packInWords = ({ name, version }: { readonly name: string; readonly version: string }): string =>
  `${name} ${version}`;

/** Every pack that had a say, the deciding one first: "thorough 1.2.1 + quick 1.3.1". */
export function packsInWords({ pack, together }: Pick<ResultRecord, 'pack' | 'together'>): string {
  return (together?.packs ?? [pack]).map(packInWords).join(' + ');
}
