import { createHash } from 'node:crypto';
import type { RawPicture } from '@touchstone/models';
import type { PictureFacts } from '@touchstone/shared';
import type { JudgedFrame } from '../analysis/frame-judge.ts';
import { encodeThumbnail, makeMiniature } from '../fingerprint/miniature.ts';

/** A telling moment with its picture. */
export interface Peak {
  /** Seconds. */
  readonly time: number;
  readonly logit: number;
  readonly facts: Omit<PictureFacts, 'frames'>;
  /** WebP; absent when no pictures are kept. */
  readonly thumbnail: Uint8Array | undefined;
}

/** The frames of a track that look most generated, far enough from each other to be different scenes. */
export interface PeakPictures {
  /** Looks at a judged frame before its pixels are released. @param keepPicture false for private windows */
  offer(time: number, frame: JudgedFrame, bytes: Uint8Array, keepPicture: boolean): Promise<void>;
  /** Most telling first. */
  best(): readonly Peak[];
}

const MAX_PEAKS = 4;
/** Peaks nearer to each other than this show the same. Seconds. */
const APART_SECONDS = 2;

export function createPeakPictures(): PeakPictures {
  let peaks: Peak[] = [];

  /** The list with a new peak in it, or undefined when it is none. */
  function listWith(time: number, logit: number, make: () => Peak): Peak[] | undefined {
    const near = peaks.filter((peak) => Math.abs(peak.time - time) < APART_SECONDS);
    if (near.some((peak) => peak.logit >= logit)) return undefined;
    const others = peaks.filter((peak) => !near.includes(peak));
    if (others.length >= MAX_PEAKS && (others.at(-1)?.logit ?? 0) >= logit) return undefined;
    return [...others, make()].toSorted((a, b) => b.logit - a.logit).slice(0, MAX_PEAKS);
  }

  return {
    async offer(time, frame, bytes, keepPicture) {
      const { logit } = frame;
      const facts = () => factsOf(frame, bytes);
      if (!listWith(time, logit, () => ({ time, logit, facts: facts(), thumbnail: undefined }))) return;
      const thumbnail = keepPicture ? await picture(frame.pixels) : undefined;
      // Another frame may have come in meanwhile.
      peaks = listWith(time, logit, () => ({ time, logit, facts: facts(), thumbnail })) ?? peaks;
    },
    best: () => peaks,
  };
}

async function picture(pixels: RawPicture): Promise<Uint8Array | undefined> {
  // A record without one of its pictures is better than no record.
  return encodeThumbnail(makeMiniature(pixels)).catch(() => undefined);
}

function factsOf({ width, height, signature }: JudgedFrame, bytes: Uint8Array): Peak['facts'] {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { format: 'jpeg', width, height, bytes: bytes.byteLength, sha256, perceptualHash: signature.hash };
}
