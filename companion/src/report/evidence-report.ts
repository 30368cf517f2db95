import { Explanation, FiniteNumber, ResultRecord } from '@touchstone/shared';
import * as v from 'valibot';

/** Raised when a member changes its meaning or goes; new members may come without it. */
export const REPORT_VERSION = 1;

const hex256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What a report holds of a picture: always re-encoded here, so that no metadata of the file leaves with it. */
export const ReportPicture = v.object({
  mediaType: v.literal('image/webp'),
  width: FiniteNumber,
  height: FiniteNumber,
  base64: v.string(),
});
export type ReportPicture = v.InferOutput<typeof ReportPicture>;

/** Evidence about one check as JSON; published as docs/evidence-report.schema.json. */
export const EvidenceReport = v.object({
  format: v.literal('touchstone-evidence-report'),
  version: v.literal(REPORT_VERSION),
  /** ISO 8601, UTC. */
  createdAt: v.string(),
  touchstone: v.object({ version: v.string() }),
  /** As delivered. What is private is left out unless it was asked for; see `leftOut`. */
  record: ResultRecord,
  /** What was left out of `record` to protect its owner. */
  leftOut: v.object({
    /** File facts such as the place where a picture was taken. */
    privateFacts: FiniteNumber,
    /** The page on which the same picture was seen before. */
    earlierPage: v.boolean(),
  }),
  /** Settings at the time of the report that decide which model answers and what is kept. */
  settings: v.object({
    quickPack: v.nullable(v.string()),
    thoroughPack: v.nullable(v.string()),
    keepOriginals: v.boolean(),
    retentionDays: v.nullable(FiniteNumber),
  }),
  /** Place in the log's hash chain; null for a record from before the chain, or one that was never written. */
  chain: v.nullable(
    v.object({
      position: FiniteNumber,
      /** SHA-256 of the record's canonical JSON (RFC 8785), as it was written down: without `label`, `cases`, `tags`, `note`, `shared` and `seenBefore.pageUrl`. Of somebody else's record it is of the whole, with what was not shared. */
      digest: hex256,
      /** SHA-256 of the hash before it and `digest`: stands for the log up to this record. */
      hash: hex256,
      /** Whether the record still has this digest. */
      unchanged: v.boolean(),
    }),
  ),
  picture: v.object({
    /** Where the bytes come from: the kept original, memory of the last minutes, a small copy, or nowhere. */
    from: v.picklist(['original', 'memory', 'thumbnail', 'none']),
    /** Whether these bytes are the ones that were judged, by SHA-256; null where only a small copy is there. */
    sameBytes: v.nullable(v.boolean()),
    image: v.nullable(ReportPicture),
  }),
  /** Telling moments of a video, in the order of the timeline's `peaks`. */
  peaks: v.array(ReportPicture),
  /** Where the score comes from; null where it is not the model's, or the picture or its pack is not at hand. */
  explanation: v.nullable(Explanation),
  /** What the verdict does not mean, in the language of the report. */
  limits: v.array(v.string()),
});
export type EvidenceReport = v.InferOutput<typeof EvidenceReport>;
