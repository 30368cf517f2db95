import type { RawPicture } from '@touchstone/models';
import { MAX_TIMELINE_PEAKS, type PackIdentity } from '@touchstone/shared';
import type { JudgedFrame } from '../analysis/frame-judge.ts';
import { makeMiniature } from '../fingerprint/miniature.ts';
import { createTimeline, type VideoTimeline } from '../timeline/create-timeline.ts';
import { wordOfFrames } from '../verdict/fuse.ts';
import { createPeaks } from '../video/peaks.ts';
import type { SecondOpinion } from '../video/second-opinion.ts';
import type { VideoFacts } from './protocol.ts';

/** Peaks of one file at most. */
const PEAKS = Math.min(6, MAX_TIMELINE_PEAKS);
/** They lie at least this far apart, in parts of the duration, so that one bad second does not fill all places; */
const PEAKS_APART = 1 / 20;
/** and this, in seconds. */
const PEAKS_LEAST_APART_SECONDS = 1;

/** What is known of a file, and grows with each frame of it. */
export type SeenFrames = ReturnType<typeof startSeenFrames>;

interface FlatFrames {
  count(): number;
  timings(): { readonly inference: number };
}

/**
 * Starts with the first frame, because only that one names the pack.
 * @param isFlat whether it holds flat frames, which give way to the first other one
 * @param before flat frames that gave way
 */
export function startSeenFrames({ duration }: VideoFacts, first: JudgedFrame, isFlat: boolean, before?: FlatFrames) {
  const { thresholds } = first.pack.manifest;
  const timeline = createTimeline({ thresholds, duration });
  const apart = Math.max(PEAKS_LEAST_APART_SECONDS, (duration ?? 0) * PEAKS_APART);
  const peaks = createPeaks<RawPicture>({ most: PEAKS, apart });
  const tiers = new Set<PackIdentity['tier']>();
  const flat: number[] = [];
  const middle = (duration ?? 0) / 2;
  let nearest = { distance: Number.POSITIVE_INFINITY, hash: first.signature.hash };
  let inference = before?.timings().inference ?? 0;
  let passedOver = before?.count() ?? 0;

  return {
    timeline,
    isFlat,
    /** The pack that judged the frames. */
    pack: first.pack,
    passOver(flatFrame: JudgedFrame): void {
      passedOver++;
      inference += flatFrame.timings.inference;
    },
    /** @returns index of the shot that the frame lies in */
    take(time: number, judged: JudgedFrame, faces: Parameters<VideoTimeline['add']>[0]['faces']): number {
      const { shot } = timeline.add({ time, logit: judged.logit, signature: judged.signature, faces });
      peaks.offer(time, judged.logit, () => makeMiniature(judged.pixels));
      tiers.add(judged.pack.manifest.tier);
      flat.push(judged.flatness);
      const distance = Math.abs(time - middle);
      if (distance < nearest.distance) nearest = { distance, hash: judged.signature.hash };
      inference += judged.timings.inference;
      return shot;
    },
    /** Counts a second opinion; its word goes into the timeline by whoever asked. */
    addOpinion(opinion: SecondOpinion): void {
      inference += opinion.inference;
      tiers.add('thorough');
    },
    count: () => flat.length,
    /** A part that is named must be seen to its end, or its end is named wrongly. */
    settled(): boolean {
      const { settled, findings } = timeline.seen();
      return settled && wordOfFrames(findings, thresholds).names === undefined;
    },
    timings: () => ({ inference }),
    analysis: () => ({
      timeline,
      findings: timeline.seen().findings,
      pack: first.pack,
      provider: first.provider,
      tiers,
      peaks: peaks.all(),
      middleHash: nearest.hash,
      flatness: flat.toSorted((a, b) => a - b)[flat.length >> 1] ?? 0,
      mostlyFlat: passedOver > flat.length,
    }),
  };
}
