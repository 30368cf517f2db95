import { packIdentity } from '@touchstone/models';
import { type ResultRecord, type SeenBefore, TouchstoneError } from '@touchstone/shared';
import type { PictureAnalysis } from '../analysis/analyse-picture.ts';
import type { Intake } from '../intake/inspect-capture.ts';
import { buildRecord } from '../records/build-record.ts';
import { seenEvidence } from '../records/seen-before.ts';
import { fuse } from '../verdict/fuse.ts';
import type { CheckRequest } from './pipeline.ts';

/** What the log needs to know beside the findings. */
export interface RecordFrame {
  readonly id: string;
  readonly at: number;
  readonly logged: boolean;
  readonly hasThumbnail: boolean;
  readonly hasOriginal: boolean;
  readonly queueMs: number;
  readonly startedAt: number;
}

/** Puts findings, verdict and frame together. Pure but for the clock of `timings.total`. */
export function pictureRecord(
  request: CheckRequest,
  { header, sha256 }: Intake,
  found: PictureAnalysis,
  seen: SeenBefore | undefined,
  frame: RecordFrame,
): ResultRecord {
  const deciding = found.opinions.at(-1);
  if (!deciding) throw new TouchstoneError('pack-unknown', 'no pack gave an opinion');
  const { manifest } = deciding.pack;
  const said = new Set(found.opinions.map((opinion) => opinion.evidence.direction));
  const evidence = [
    ...(found.provenance?.evidence ?? []),
    ...found.metadata,
    ...found.opinions.map((opinion) => opinion.evidence),
    ...(seen ? [seenEvidence(seen)] : []),
  ];
  const verdict = fuse(evidence, deciding.answer.probability, manifest.name, manifest.thresholds, {
    path: request.source.path,
    kind: request.source.kind,
    shorterSide: Math.min(found.width, found.height),
    minimumSide: manifest.minimumSide,
    frames: header.frames,
    flatness: found.flatness,
    jpegQuality: found.jpegQuality,
    quickOnly: found.opinions.every((opinion) => opinion.pack.manifest.tier === 'quick'),
    disagree: said.has('ai') && said.has('camera'),
    provenance: found.provenance?.provenance,
    fileCaveats: found.fileCaveats,
  });
  return buildRecord({
    id: frame.id,
    at: frame.at,
    lane: request.lane,
    source: request.source,
    picture: {
      format: header.format,
      width: found.width,
      height: found.height,
      bytes: request.bytes.byteLength,
      frames: header.frames,
      sha256,
      perceptualHash: found.perceptualHash,
    },
    verdict,
    evidence,
    pack: packIdentity(deciding.pack),
    provider: deciding.provider,
    timings: { queue: frame.queueMs, ...found.timings, total: performance.now() - frame.startedAt },
    seenBefore: seen,
    provenance: found.provenance?.provenance,
    facts: [...found.fileFacts],
    recheckOf: request.recheckOf,
    logged: frame.logged,
    hasThumbnail: frame.hasThumbnail,
    hasOriginal: frame.hasOriginal,
  });
}
