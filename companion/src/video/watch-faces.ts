import type { RawPicture } from '@touchstone/models';
import type { Lane } from '@touchstone/shared';
import type { Frame, FrameRequest, JudgedFrame } from '../analysis/frame-judge.ts';
import type { FaceFinder } from '../faces/face-finder.ts';
import type { JudgedFace } from '../timeline/judged-moment.ts';
import { cropFace } from './face-crop.ts';
import { createFaceTracker, type TrackedFace } from './face-tracker.ts';

/** Looks for faces in the frames of one video. */
export interface FaceWatcher {
  /**
   * @param frame just judged, its pixels not yet released
   * @returns its faces, with the log-odds of those crops that were judged; none when nobody looked
   */
  look(time: number, frame: JudgedFrame): Promise<JudgedFace[]>;
}

export interface FaceWatchOptions {
  readonly finder: FaceFinder;
  /** Judges a crop as it judges a frame. */
  readonly judge: (frame: Frame, request: FrameRequest) => Promise<JudgedFrame>;
  readonly lane: Lane;
  /**
   * Looks at one in so many frames, however busy the detector is, so that the same frames give the same faces; default is
   * whenever it has time.
   * @param time of the frame that may be looked at
   */
  readonly oneIn?: (time: number) => number;
  readonly client?: string;
  readonly signal?: AbortSignal;
}

/** A crop costs as much as a frame, and a face changes slowly: one crop a face in this time. Seconds. */
const CROP_EVERY_SECONDS = 1;
/** Crops of one face after which nothing more is learnt. */
const MAX_CROPS = 16;
/** Crops of one frame at most, largest faces first. */
const MAX_CROPS_A_FRAME = 2;

export function watchFaces({ finder, judge, lane, oneIn, client, signal }: FaceWatchOptions): FaceWatcher {
  /** Frames since the last look; the first one is looked at. */
  let passed = Number.POSITIVE_INFINITY;
  const tracker = createFaceTracker();
  const crops = new Map<number, { count: number; at: number }>();

  /** Faces worth a crop now. */
  function due(time: number, faces: readonly TrackedFace[]): TrackedFace[] {
    return faces
      .filter(({ track }) => {
        const earlier = crops.get(track);
        return !earlier || (earlier.count < MAX_CROPS && Math.abs(time - earlier.at) >= CROP_EVERY_SECONDS);
      })
      .toSorted((a, b) => b.width * b.height - a.width * a.height)
      .slice(0, MAX_CROPS_A_FRAME);
  }

  async function judgeCrop(time: number, face: TrackedFace, pixels: RawPicture): Promise<number | undefined> {
    const crop = cropFace(pixels, face);
    if (!crop) return undefined;
    crops.set(face.track, { count: (crops.get(face.track)?.count ?? 0) + 1, at: time });
    try {
      const judged = await judge(crop, { lane, client, signal });
      judged.release();
      return judged.logit;
    } catch {
      // The frame itself was judged; a face that could not be is a face without a score.
      return undefined;
    }
  }

  return {
    async look(time, { pixels, signature }) {
      if (oneIn !== undefined && ++passed < oneIn(time)) return [];
      passed = 0;
      const found = await finder.find(pixels, oneIn !== undefined);
      if (!found) return [];
      const faces = tracker.follow(time, signature, found);
      const chosen = due(time, faces);
      const logits = await Promise.all(chosen.map((face) => judgeCrop(time, face, pixels)));
      return faces.map((face) => ({ ...face, logit: logits[chosen.indexOf(face)] }));
    },
  };
}
