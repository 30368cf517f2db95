import { type JointAnswer, packIdentity, weighTogether } from '@touchstone/models';
import { type ResultRecord, type SeenBefore, TouchstoneError } from '@touchstone/shared';
import type { PictureAnalysis } from '../analysis/analyse-picture.ts';
import { jointEvidence } from '../evidence/classifier-evidence.ts';
import { faceEvidence } from '../evidence/face-evidence.ts';
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
  const joint = weighTogether(found.opinions);
  const word = joint ? jointEvidence(joint) : deciding.evidence;
  const said = new Set(found.opinions.map((opinion) => opinion.evidence.direction));
  const face = found.faces && faceEvidence(found.faces);
  const evidence = [
    ...(found.provenance?.evidence ?? []),
    ...found.metadata,
    ...found.opinions.map((opinion) => opinion.evidence),
    ...(joint ? [word] : []),
    ...(face ? [face] : []),
    ...(seen ? [seenEvidence(seen)] : []),
  ];
  const { probability, thresholds } = joint
    ? { probability: joint.probability, thresholds: joint.calibration.thresholds }
    : { probability: deciding.answer.probability, thresholds: manifest.thresholds };
  const verdict = fuse(evidence, probability, String(word.details.pack), thresholds, {
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
    facesLeft: found.faces?.finished === false,
    facesClear: found.faces?.finished === true && found.faces.faces.length > 0 && !face,
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
    together: joint && jointRecord(joint),
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

/** Who had a say, and with which weight. */
function jointRecord({ packs, calibration }: JointAnswer): NonNullable<ResultRecord['together']> {
  const { scale, otherScale, bias, fittedOn } = calibration;
  return { packs: packs.map(packIdentity), weights: [scale, otherScale], bias, fittedOn };
}
