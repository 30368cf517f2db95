import { type Pack, packIdentity } from '@touchstone/models';
import type {
  CapturePath,
  CaptureSource,
  Evidence,
  ResultRecord,
  Timeline,
  Timings,
  Verdict,
} from '@touchstone/shared';
import { buildRecord } from '../records/build-record.ts';
import type { KeptMedia } from '../store/record-store.ts';
import type { Peak } from '../video/peaks.ts';
import type { KeptFrame } from './kept-frame.ts';

/** What is known of a track when it ends. */
export interface EndedTrack {
  readonly id: string;
  /** Milliseconds since 1970, when the track was opened. */
  readonly at: number;
  readonly source: CaptureSource;
  /** The worst way in which a frame was obtained. */
  readonly path: CapturePath;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly timeline: Timeline;
  /** Most telling first, at least one. */
  readonly peaks: readonly Peak<KeptFrame>[];
  readonly pack: Pack;
  readonly provider: string;
  readonly timings: Timings;
  readonly logged: boolean;
}

/** The record of a track and the pictures that go with it. `picture` describes the most telling frame. */
export function trackRecord(track: EndedTrack): { record: ResultRecord; media: KeptMedia } | undefined {
  const [first] = track.peaks;
  if (!first) return undefined;
  const { timeline, verdict } = track;
  const shown = (track.logged ? track.peaks : []).flatMap(({ time, kept }) => {
    const thumbnail = kept.thumbnail();
    return thumbnail ? [{ time, thumbnail }] : [];
  });
  const pictures = shown.map(({ thumbnail }) => thumbnail);
  const record = buildRecord({
    id: track.id,
    at: track.at,
    lane: 'live',
    source: { ...track.source, kind: 'video', path: track.path },
    picture: { ...first.kept.facts, frames: Math.max(1, timeline.framesAnalyzed) },
    verdict,
    evidence: [...track.evidence],
    pack: packIdentity(track.pack),
    provider: track.provider,
    timings: track.timings,
    timeline: { ...timeline, peaks: shown.map(({ time }) => time) },
    logged: track.logged,
    hasThumbnail: pictures.length > 0,
    hasOriginal: false,
  });
  return { record, media: { thumbnail: pictures[0], peaks: pictures } };
}
