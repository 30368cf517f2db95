import type { RawPicture } from '@touchstone/models';
import { releasePixels } from '../decode/release-pixels.ts';
import type { VideoTimeline } from '../timeline/create-timeline.ts';

/** Frames kept of one shot at most; when one more comes every second one goes, so that three or more remain. */
const KEPT_OF_A_SHOT = 5;
/** Frames kept of one video: 70 MB at 720p. */
const KEPT = 24;

interface KeptFrame {
  /** Seconds. */
  readonly time: number;
  readonly picture: RawPicture;
  asked: boolean;
}

interface ShotFrames {
  frames: KeptFrame[];
  /** One in so many frames is kept; doubles whenever the shot has more than its share. */
  step: number;
  seen: number;
}

/**
 * Frames of a video that the thorough pack may be asked about once the quick one has seen all: a few of each shot, spread evenly
 * over it, so that the questions can go where they matter most instead of where the video begins.
 */
export interface KeptFrames {
  /**
   * Keeps the frame or gives its memory back.
   * @param shot index of the shot that it lies in
   */
  offer(shot: number, time: number, picture: RawPicture): void;
  /**
   * Asks about frames until no shot needs it or the budget is used up; what is left of it counts for the next call.
   * @param ask gets a frame and its seconds; resolves to log-odds on the timeline's scale; undefined ends the questions for good
   */
  run(timeline: VideoTimeline, ask: (picture: RawPicture, time: number) => Promise<number | undefined>): Promise<void>;
  close(): void;
}

/** @param budget questions about one video at most */
export function createKeptFrames(budget: number): KeptFrames {
  const shots = new Map<number, ShotFrames>();
  let left = budget;

  const drop = ({ picture }: KeptFrame): void => releasePixels(picture);

  /** Gives up a frame of the shot that has most of them; once all have one, of the shot that showed least. */
  function thin(): void {
    const shortest = (a: ShotFrames, b: ShotFrames): number => b.frames.length - a.frames.length || a.seen - b.seen;
    const [poorest] = [...shots.values()].filter(({ frames }) => frames.length > 0).sort(shortest);
    for (const frame of poorest?.frames.splice(-1) ?? []) drop(frame);
  }

  function count(): number {
    let sum = 0;
    for (const { frames } of shots.values()) sum += frames.length;
    return sum;
  }

  function choose(timeline: VideoTimeline): KeptFrame | undefined {
    const frames = [...shots.values()].flatMap((shot) => shot.frames).filter(({ asked }) => !asked);
    for (const { start, end } of timeline.unsure()) {
      const inside = frames.filter(({ time }) => time >= start && time <= end);
      const middle = (start + end) / 2;
      const [best] = inside.toSorted((a, b) => Math.abs(a.time - middle) - Math.abs(b.time - middle));
      if (best) return best;
    }
    return undefined;
  }

  return {
    offer(shot, time, picture) {
      const own = shots.get(shot) ?? { frames: [], step: 1, seen: 0 };
      shots.set(shot, own);
      if (left === 0 || own.seen++ % own.step !== 0) return releasePixels(picture);
      own.frames.push({ time, picture, asked: false });
      if (own.frames.length > KEPT_OF_A_SHOT) {
        own.step *= 2;
        const [kept, others] = [own.frames.filter((_, i) => i % 2 === 0), own.frames.filter((_, i) => i % 2 === 1)];
        for (const frame of others) drop(frame);
        own.frames = kept;
      }
      if (count() > KEPT) thin();
    },
    async run(timeline, ask) {
      for (let frame = choose(timeline); frame && left > 0; frame = choose(timeline)) {
        left--;
        frame.asked = true;
        const logit = await ask(frame.picture, frame.time);
        if (logit === undefined) left = 0;
        else timeline.addSecond(frame.time, logit);
      }
    },
    close() {
      for (const { frames } of shots.values()) for (const frame of frames) drop(frame);
      shots.clear();
    },
  };
}
