import type { Pack, RawPicture } from '@touchstone/models';
import type { FaceJudge, FaceRequest } from '../analysis/face-judge.ts';
import type { FaceArea } from '../faces/face-finder.ts';
import type { BlendedTrack, BlendingSeen } from '../faces/faces-seen.ts';
import { trimmedMean } from '../timeline/pooling.ts';
import type { TrackedFace } from './face-tracker.ts';

/** Looks of the thorough pack at the faces of one video. */
export interface BlendingWatch {
  /**
   * Takes the faces of a frame in that are due; a failure is a look less.
   * @param pixels of the frame; not needed any more once this has returned
   */
  look(time: number, faces: readonly TrackedFace[], pixels: RawPicture): Promise<void>;
  /** Whether a face that was looked at lately still lacks looks for a word. @param time of the frame that may be looked at */
  lacks(time: number): boolean;
  /** Undefined while no face has enough looks. */
  seen(): BlendingSeen | undefined;
}

/** Looks that a word about a face needs: one frame alone is wrong too often. */
export const LEAST_LOOKS = 3;
/** Looks at one face after which nothing more is learnt. */
const MAX_LOOKS = 5;
/** Looks at all faces of one video: each costs as much as a second opinion on a frame. */
const MAX_LOOKS_A_VIDEO = 12;
/** Faces of one frame at most, largest first. */
const MAX_FACES_A_FRAME = 2;
/** A face changes slowly. Seconds between two looks at one. */
const LOOK_EVERY_SECONDS = 1;
/** A face whose last look is longer ago has gone. Seconds. */
const GONE_SECONDS = 3;

interface Look {
  readonly time: number;
  readonly area: FaceArea;
  readonly logit: number;
}

export function watchBlending(judge: FaceJudge, request: FaceRequest): BlendingWatch {
  const looks = new Map<number, Look[]>();
  const asked = new Map<number, { count: number; at: number }>();
  let left = MAX_LOOKS_A_VIDEO;
  let by: Pack | undefined;

  function due(time: number, faces: readonly TrackedFace[]): TrackedFace[] {
    return faces
      .filter(({ track }) => {
        const earlier = asked.get(track);
        return !earlier || (earlier.count < MAX_LOOKS && Math.abs(time - earlier.at) >= LOOK_EVERY_SECONDS);
      })
      .toSorted((a, b) => b.width * b.height - a.width * a.height)
      .slice(0, Math.min(MAX_FACES_A_FRAME, left));
  }

  async function ask(time: number, { track, ...area }: TrackedFace, pixels: RawPicture): Promise<void> {
    asked.set(track, { count: (asked.get(track)?.count ?? 0) + 1, at: time });
    left--;
    try {
      const opinion = await judge(pixels, area, request);
      if (!opinion) return;
      by = opinion.pack;
      looks.set(track, [...(looks.get(track) ?? []), { time, area, logit: opinion.logit }]);
    } catch {
      // The frame itself was judged; a look that failed is a look less.
    }
  }

  return {
    async look(time, faces, pixels) {
      await Promise.all(due(time, faces).map((face) => ask(time, face, pixels)));
    },
    lacks(time) {
      if (left === 0) return false;
      return [...looks].some(
        ([track, own]) => own.length < LEAST_LOOKS && Math.abs(time - (asked.get(track)?.at ?? time)) <= GONE_SECONDS,
      );
    },
    seen() {
      const tracks = [...looks].filter(([, own]) => own.length >= LEAST_LOOKS).map(pooled);
      return by && tracks.length > 0 ? { pack: by, tracks: tracks.toSorted((a, b) => b.logit - a.logit) } : undefined;
    },
  };
}

function pooled([track, looks]: readonly [number, readonly Look[]]): BlendedTrack {
  const times = looks.map(({ time }) => time);
  const [most] = looks.toSorted((a, b) => b.logit - a.logit) as [Look];
  return {
    track,
    start: Math.min(...times),
    end: Math.max(...times),
    looks: looks.length,
    logit: trimmedMean(looks.map(({ logit }) => ({ logit, frames: 1 }))),
    area: most.area,
    time: most.time,
  };
}
