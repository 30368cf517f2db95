import { packIdentity } from '@touchstone/models';
import type { CaptureSource, CaveatCode, ResultRecord, SeenBefore, Timeline } from '@touchstone/shared';
import { scaleMarks } from '@touchstone/shared/present';
import type { ProvenanceFindings } from '../evidence/provenance/provenance-reader.ts';
import { buildRecord } from '../records/build-record.ts';
import { seenEvidence } from '../records/seen-before.ts';
import { fuseVideo } from '../verdict/fuse-video.ts';
import { blendingEvidence } from '../verdict/video-evidence.ts';
import type { FileMetadata } from './file-metadata.ts';
import { isLong, type VideoAnalysis } from './judge-frames.ts';

export interface VideoRecordParts {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly source: CaptureSource;
  /** Of the whole file. */
  readonly bytes: number;
  readonly sha256: string;
  readonly analysis: VideoAnalysis;
  readonly provenance: ProvenanceFindings | undefined;
  /** What the file says about itself. */
  readonly metadata: FileMetadata;
  readonly seen: SeenBefore | undefined;
  /** The earlier record that this check is asked to be compared with. */
  readonly recheckOf: string | undefined;
  readonly logged: boolean;
  readonly hasThumbnail: boolean;
  readonly timings: Pick<ResultRecord['timings'], 'queue' | 'total'>;
}

/** Frames by the file's own words, at least one; words that multiply to nonsense are cut to a number that can be written. */
function framesIn({ duration, framesPerSecond }: VideoAnalysis['facts']): number {
  const frames = Math.round((duration ?? 0) * (framesPerSecond ?? 0));
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, frames));
}

/** The record of a video file: the verdict of the fusion table over what was seen, and the timeline. */
export function videoRecord(parts: VideoRecordParts): ResultRecord {
  const { analysis, provenance, metadata, seen, source } = parts;
  const { facts, pack } = analysis;
  const blended = analysis.blending && blendingEvidence(analysis.blending);
  const { verdict, evidence } = fuseVideo(
    analysis.findings,
    [
      ...(provenance?.evidence ?? []),
      ...metadata.evidence,
      ...(blended ? [blended] : []),
      ...(seen ? [seenEvidence(seen)] : []),
    ],
    pack.manifest,
    {
      path: source.path,
      kind: 'video',
      shorterSide: Math.min(facts.width, facts.height),
      minimumSide: pack.manifest.minimumSide,
      frames: 1,
      flatness: analysis.flatness,
      jpegQuality: undefined,
      quickOnly: !analysis.tiers.has('thorough'),
      disagree: false,
      facesClear: analysis.blending !== undefined && !blended,
      provenance: provenance?.provenance,
    },
    caveatsOf(analysis),
  );
  return buildRecord({
    id: parts.id,
    at: parts.at,
    lane: 'asked',
    source,
    picture: {
      format: facts.container,
      width: facts.width,
      height: facts.height,
      bytes: parts.bytes,
      frames: framesIn(facts),
      sha256: parts.sha256,
      perceptualHash: analysis.middleHash,
    },
    verdict: { ...verdict, caveats: verdict.caveats.filter(({ code }) => code !== 'video-part-seen') },
    evidence,
    pack: packIdentity(pack),
    provider: analysis.provider,
    timings: { ...parts.timings, ...analysis.timings, evidence: 0 },
    seenBefore: seen,
    recheckOf: parts.recheckOf,
    provenance: provenance?.provenance,
    facts: [...metadata.facts],
    timeline: timelineOf(analysis),
    logged: parts.logged,
    hasThumbnail: parts.hasThumbnail,
    hasOriginal: false,
  });
}

/** The timeline's own "only a part was seen" speaks of videos in a page; here the file itself was at hand. */
function caveatsOf({ damaged, stoppedEarly, facts, mostlyFlat }: VideoAnalysis): CaveatCode[] {
  const wide = !stoppedEarly && isLong(facts);
  return [
    ...(damaged ? (['video-truncated'] as const) : []),
    ...(mostlyFlat ? (['flat-graphic'] as const) : []),
    ...(wide ? (['video-sampled'] as const) : []),
  ];
}

function timelineOf({ timeline, facts, pack, peaks, damaged, stoppedEarly }: VideoAnalysis): Timeline {
  const { container, codec, width, height, framesPerSecond } = facts;
  return {
    ...timeline.snapshot(),
    thresholds: scaleMarks(pack.manifest.thresholds),
    peaks: peaks.map(({ time }) => time),
    stoppedEarly,
    media: { container, codec, width, height, framesPerSecond, truncated: damaged },
  };
}
