import { packIdentity } from '@touchstone/models';
import type { CaptureSource, CaveatCode, ResultRecord, SeenBefore, Timeline } from '@touchstone/shared';
import type { ProvenanceFindings } from '../evidence/provenance/provenance-reader.ts';
import { recordSource } from '../pipeline/build-record.ts';
import { seenEvidence } from '../pipeline/seen-before.ts';
import { fuseVideo } from '../verdict/fuse-video.ts';
import type { FileMetadata } from './file-metadata.ts';
import { isLong, type Sighting } from './judge-frames.ts';

export interface VideoRecordParts {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly source: CaptureSource;
  /** Of the whole file. */
  readonly bytes: number;
  readonly sha256: string;
  readonly sighting: Sighting;
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
function framesIn({ duration, framesPerSecond }: Sighting['facts']): number {
  const frames = Math.round((duration ?? 0) * (framesPerSecond ?? 0));
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, frames));
}

/** The record of a video file: the verdict of the fusion table over what was seen, and the timeline. */
export function videoRecord(parts: VideoRecordParts): ResultRecord {
  const { sighting, provenance, metadata, seen, source } = parts;
  const { facts, pack } = sighting;
  const { verdict, evidence } = fuseVideo(
    sighting.findings,
    [...(provenance?.evidence ?? []), ...metadata.evidence, ...(seen ? [seenEvidence(seen)] : [])],
    pack.manifest,
    {
      path: source.path,
      kind: 'video',
      shorterSide: Math.min(facts.width, facts.height),
      minimumSide: pack.manifest.minimumSide,
      frames: 1,
      flatness: sighting.flatness,
      jpegQuality: undefined,
      quickOnly: !sighting.tiers.has('thorough'),
      disagree: false,
      provenance: provenance?.provenance,
    },
    caveatsOf(sighting),
  );
  return {
    id: parts.id,
    at: parts.at,
    lane: 'asked',
    source: recordSource(source),
    picture: {
      format: facts.container,
      width: facts.width,
      height: facts.height,
      bytes: parts.bytes,
      frames: framesIn(facts),
      sha256: parts.sha256,
      perceptualHash: sighting.middleHash,
    },
    verdict: { ...verdict, caveats: verdict.caveats.filter(({ code }) => code !== 'video-part-seen') },
    evidence,
    pack: packIdentity(pack),
    provider: sighting.provider,
    timings: { ...parts.timings, ...sighting.timings, evidence: 0 },
    ...(seen && { seenBefore: seen }),
    ...(parts.recheckOf !== undefined && { recheckOf: parts.recheckOf }),
    ...(provenance && { provenance: provenance.provenance }),
    ...(metadata.facts.length > 0 && { facts: [...metadata.facts] }),
    timeline: timelineOf(sighting),
    label: null,
    logged: parts.logged,
    hasThumbnail: parts.hasThumbnail,
    hasOriginal: false,
  };
}

/** The timeline's own "only a part was seen" speaks of videos in a page; here the file itself was at hand. */
function caveatsOf({ damaged, stoppedEarly, facts, mostlyFlat }: Sighting): CaveatCode[] {
  const wide = !stoppedEarly && isLong(facts);
  return [
    ...(damaged ? (['video-truncated'] as const) : []),
    ...(mostlyFlat ? (['flat-graphic'] as const) : []),
    ...(wide ? (['video-sampled'] as const) : []),
  ];
}

function timelineOf({ timeline, facts, pack, peaks, damaged, stoppedEarly }: Sighting): Timeline {
  const { fakeAbove, realBelow } = pack.manifest.thresholds;
  const { container, codec, width, height, framesPerSecond } = facts;
  return {
    ...timeline.snapshot(),
    thresholds: { fakeAbove, realBelow },
    peaks: peaks.map(({ time }) => time),
    stoppedEarly,
    media: { container, codec, width, height, framesPerSecond, truncated: damaged },
  };
}
