import { logitOf, type Pack, type RawPicture } from '@touchstone/models';
import { type Lane, type PackIdentity, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { jpegQuality } from '../decode/jpeg-quality.ts';
import type { OpenPicture, PictureDecoder } from '../decode/picture-decoder.ts';
import type { PixelBudget } from '../decode/pixel-budget.ts';
import { releasePixels } from '../decode/release-pixels.ts';
import type { FrameSignature } from '../fingerprint/frame-signature.ts';
import { perceptualHash } from '../fingerprint/perceptual-hash.ts';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import { sniffFormat } from '../intake/sniff.ts';
import type { Lanes } from '../lanes/lanes.ts';
import type { CheckWatch } from '../observe/observer.ts';
import type { PackChoices } from '../packs/choose-pack.ts';
import type { InstalledPacks, WorkPacks } from '../packs/installed-packs.ts';
import { pictureInHand } from '../picture-decoder/picture-in-hand.ts';

export interface FrameRequest {
  readonly lane: Lane;
  /** Default `quick`. Where no thorough pack is installed the quick one answers. */
  readonly tier?: PackIdentity['tier'] | undefined;
  /** Pack by name, or `name@version`, instead of the tier's choice. */
  readonly pack?: string | undefined;
  /** The video that the frame belongs to, aborted at its end: all its frames are judged by the packs of its beginning. */
  readonly work?: AbortSignal | undefined;
  /** Packs that the tiers choose from, where they are not those of the settings at the beginning. */
  readonly choices?: PackChoices | undefined;
  /** Aborting rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Who sends it, in any words: clients of one lane take turns. */
  readonly client?: string | undefined;
  /** Is told how long each stage took. */
  readonly watch?: Pick<CheckWatch, 'stage'> | undefined;
}

/** One frame of a video, or one face cut from it, judged. */
export interface JudgedFrame {
  /** Calibrated probability that the frame is AI, inside 0..1. */
  readonly probability: number;
  /** Calibrated log-odds: ln(p / (1 - p)) of `probability`. These are comparable across packs and add up. */
  readonly logit: number;
  readonly signature: FrameSignature;
  readonly width: number;
  readonly height: number;
  /** 1..100; only for frames that came as JPEG. */
  readonly jpegQuality: number | undefined;
  /** Share of equal neighbours, 0..1; black or blank frames are near 1. */
  readonly flatness: number;
  /** The pack that judged, with its thresholds. */
  readonly pack: Pack;
  readonly provider: string;
  /** The decoded pixels, for face crops and thumbnails. Do not use them after `release`. */
  readonly pixels: RawPicture;
  /** Gives the memory of `pixels` back at once; without it the garbage collector does so late. */
  release(): void;
  /** Milliseconds. */
  readonly timings: { readonly queue: number; readonly decode: number; readonly inference: number };
}

export interface FrameRooms {
  readonly packs: InstalledPacks;
  readonly engine: InferenceEngine;
  readonly lanes: Lanes;
  readonly budget: PixelBudget;
  readonly decoder: PictureDecoder;
}

/** Encoded (any picture format; JPEG is usual), or decoded RGB that was already scaled. */
export type Frame = Uint8Array | RawPicture;

/**
 * Judges single frames: lanes, decode and inference as for pictures, but no metadata, no verdict and no record.
 * @returns a function that throws TouchstoneError as `Pipeline.check` does for bad input
 */
export function createFrameJudge(rooms: FrameRooms): (frame: Frame, request: FrameRequest) => Promise<JudgedFrame> {
  const { lanes, budget, decoder } = rooms;
  const ofWork = new WeakMap<AbortSignal, WorkPacks>();

  /** @returns the packs of the work that a frame belongs to, and what to do after the frame */
  function packsFor({ work, choices }: FrameRequest): { readonly packs: WorkPacks; readonly done: () => void } {
    const known = work && ofWork.get(work);
    if (known) return { packs: known, done: () => {} };
    const packs = rooms.packs.begin(choices);
    if (!work || work.aborted) return { packs, done: packs.end };
    ofWork.set(work, packs);
    work.addEventListener('abort', packs.end, { once: true });
    return { packs, done: () => {} };
  }

  async function look(
    picture: OpenPicture,
    request: FrameRequest,
  ): Promise<Omit<JudgedFrame, 'jpegQuality' | 'release' | 'timings'>> {
    const { packs, done } = packsFor(request);
    const judging = judge(picture, request, packs, rooms.engine).finally(done);
    // A failure there must not stay unhandled when the others fail first.
    judging.catch(() => undefined);
    const [{ grey, flatness }, pixels] = [await picture.facts({}), await picture.pixels()];
    const { width, height } = picture;
    const signature = { grey, hash: perceptualHash(grey) };
    return { ...(await judging), signature, width, height, flatness, pixels };
  }

  async function encodedFrame(bytes: Uint8Array, { lane, signal }: FrameRequest) {
    const request = { bytes, format: sniffFormat(bytes), lane, signal };
    const { width, height } = await decoder.readHeader(request);
    return { width, height, request };
  }

  return async (frame, request) => {
    const encoded = frame instanceof Uint8Array ? await encodedFrame(frame, request) : undefined;
    const { width, height } = encoded ?? (frame as RawPicture);
    const queuedAt = performance.now();
    const { lane, client = '', signal, watch } = request;
    return lanes.run({ lane, client, signal }, () =>
      budget.spend(width * height, async () => {
        throwIfCancelled(signal);
        const start = performance.now();
        watch?.stage('queue', queuedAt, start);
        const picture = encoded ? await decoder.open(encoded.request) : pictureInHand(frame as RawPicture);
        const decoded = performance.now();
        if (encoded) watch?.stage('decode', start, decoded);
        const seen = await look(picture, request).finally(() => encoded && picture.release());
        const judged = performance.now();
        watch?.stage('inference', decoded, judged);
        return {
          ...seen,
          jpegQuality: encoded?.request.format === 'jpeg' ? jpegQuality(encoded.request.bytes) : undefined,
          release: () => releasePixels(seen.pixels),
          timings: { queue: start - queuedAt, decode: decoded - start, inference: judged - decoded },
        };
      }),
    );
  };
}

async function judge(
  picture: OpenPicture,
  { pack: named, tier = 'quick', lane, signal }: FrameRequest,
  packs: WorkPacks,
  engine: InferenceEngine,
): Promise<Pick<JudgedFrame, 'probability' | 'logit' | 'pack' | 'provider'>> {
  // A damaged pack is refused, and then there is another one or none; so this ends.
  for (;;) {
    const thorough = tier === 'thorough' ? packs.thorough() : undefined;
    const pack = named === undefined ? (thorough ?? packs.quick()) : packs.byName(named);
    try {
      const views = await picture.views(pack.manifest.input);
      const { answer, provider } = await engine.judge(pack, views, lane, signal);
      const { probability } = answer;
      return { probability, logit: logitOf(probability), pack, provider };
    } catch (error) {
      if (!(error instanceof TouchstoneError) || error.code !== 'pack-invalid' || named !== undefined) throw error;
      packs.refuse(pack, error.detail ?? error.message);
    }
  }
}
