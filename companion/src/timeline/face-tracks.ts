import { sigmoid } from '@touchstone/models';
import type { FaceTrack } from '@touchstone/shared';
import type { StoredMoment } from './moment-store.ts';
import { trimmedMean, type Weighted } from './pooling.ts';

/** A face followed through frames, with the picture around it for comparison. */
export interface PooledFace extends FaceTrack {
  /** Pooled log-odds of its crops. */
  readonly logit: number;
  /** Pooled log-odds of the whole frames in which it was judged. */
  readonly around: number;
}

/** Tracks with at least one crop that was judged, in order of their numbers. */
export function poolFaces(moments: readonly StoredMoment[]): PooledFace[] {
  const seen = new Map<number, { start: number; end: number; crops: Weighted[]; frames: Weighted[] }>();
  for (const { time, until, logit, faces } of moments) {
    for (const face of faces) {
      if (face.logit === undefined) continue;
      const track = seen.get(face.track) ?? { start: time, end: until, crops: [], frames: [] };
      seen.set(face.track, track);
      track.end = until;
      track.crops.push({ logit: face.logit, frames: 1 });
      track.frames.push({ logit, frames: 1 });
    }
  }
  return [...seen]
    .toSorted(([a], [b]) => a - b)
    .map(([track, { start, end, crops, frames }]) => {
      const logit = trimmedMean(crops);
      const around = trimmedMean(frames);
      return { track, start, end, frames: crops.length, probability: sigmoid(logit), logit, around };
    });
}
