import type { FaceArea } from '../faces/face-finder.ts';
import { describeFrame, type FrameDescriptor, isCut } from '../fingerprint/cuts.ts';
import type { FrameSignature } from '../fingerprint/frame-signature.ts';

/** A face with the number of the track it belongs to, from 0. */
export interface TrackedFace extends FaceArea {
  readonly track: number;
}

/** Follows faces through the frames of one video by where they are. */
export interface FaceTracker {
  /** @param signature of the frame: across a cut no face is followed, since another person may sit in the same place */
  follow(time: number, signature: FrameSignature, faces: readonly FaceArea[]): TrackedFace[];
}

/** Two boxes of one face overlap by this share of their union from one sampled frame to the next. */
const SAME_FACE_OVERLAP = 0.3;
/** A face that was away longer is a new one. Files are looked at every three seconds, and few frames fall on whole ones. Seconds. */
const FORGET_SECONDS = 4;
/** Tracks of one video at most; later faces go unnumbered and are left out. */
const MAX_TRACKS = 64;

export function createFaceTracker(): FaceTracker {
  let known: { readonly track: number; readonly time: number; readonly area: FaceArea }[] = [];
  let last: FrameDescriptor | undefined;
  let next = 0;

  return {
    follow(time, signature, faces) {
      const seen = describeFrame(signature);
      known = isCut(last, seen) ? [] : known.filter((one) => Math.abs(one.time - time) <= FORGET_SECONDS);
      last = seen;
      const pairs = faces
        .flatMap((area) => known.map((one) => ({ area, one, overlap: overlapOf(area, one.area) })))
        .filter(({ overlap }) => overlap >= SAME_FACE_OVERLAP)
        .toSorted((a, b) => b.overlap - a.overlap);
      const numbers = new Map<FaceArea, number>();
      const taken = new Set<number>();
      for (const { area, one } of pairs) {
        if (numbers.has(area) || taken.has(one.track)) continue;
        numbers.set(area, one.track);
        taken.add(one.track);
      }
      const tracked: TrackedFace[] = [];
      for (const area of faces) {
        const track = numbers.get(area) ?? next;
        if (track === next && next++ >= MAX_TRACKS) {
          next = MAX_TRACKS;
          continue;
        }
        tracked.push({ ...area, track });
      }
      const renewed = new Set(tracked.map(({ track }) => track));
      known = [
        ...known.filter(({ track }) => !renewed.has(track)),
        ...tracked.map(({ track, ...area }) => ({ track, time, area })),
      ];
      return tracked;
    },
  };
}

/** Share of the union of two areas that both cover. */
function overlapOf(a: FaceArea, b: FaceArea): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const inside = width * height;
  return inside / (a.width * a.height + b.width * b.height - inside);
}
