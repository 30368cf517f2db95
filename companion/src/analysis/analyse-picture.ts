import {
  headAnswer,
  judgePicture,
  needsBaseLogit,
  type Pack,
  type PackAnswer,
  type PackInput,
} from '@touchstone/models';
import {
  type CaptureSource,
  type CaveatCode,
  type Evidence,
  type FileFact,
  type Lane,
  type PROGRESS_STAGES,
  type Provenance,
  TouchstoneError,
  throwIfCancelled,
} from '@touchstone/shared';
import { jpegQuality } from '../decode/jpeg-quality.ts';
import type { OpenPicture, PictureDecoder } from '../decode/picture-decoder.ts';
import type { PixelBudget } from '../decode/pixel-budget.ts';
import { classifierEvidence } from '../evidence/classifier-evidence.ts';
import { readMetadata } from '../evidence/metadata/read-metadata.ts';
import type { ProvenanceReader } from '../evidence/provenance/provenance-reader.ts';
import { hasOwnPixels, mayCarryWatermark } from '../evidence/watermark/watermark-evidence.ts';
import type { FaceArea, PictureFaceFinder } from '../faces/face-finder.ts';
import type { FacesSeen } from '../faces/faces-seen.ts';
import { perceptualHash } from '../fingerprint/perceptual-hash.ts';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import type { Intake } from '../intake/inspect-capture.ts';
import type { CheckWatch } from '../observe/observer.ts';
import { facePack, findFaces, lookAtFaces } from './look-at-faces.ts';
import type { PackPlan } from './pack-plan.ts';

export type ProgressStage = (typeof PROGRESS_STAGES)[number];

/** A picture to look at. */
export interface PictureRequest {
  /** Encoded. */
  readonly bytes: Uint8Array;
  /** How the bytes were obtained. */
  readonly source: Pick<CaptureSource, 'kind' | 'path'>;
  readonly lane: Lane;
  /** Aborting rejects with `cancelled`; work that has not started is dropped. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: ProgressStage) => void) | undefined;
  /** Is told how long each stage took. */
  readonly watch?: Pick<CheckWatch, 'stage'> | undefined;
}

/** What a pack's graph saw in the views of one look at the picture. */
export interface JudgedLook {
  readonly input: PackInput;
  /** Feature vectors, one row a view; empty when the pack gives none. */
  readonly vectors: Float32Array;
  readonly provider: string;
}

/** One pack's word on the picture. */
export interface Opinion {
  readonly pack: Pack;
  readonly answer: PackAnswer;
  /** Those that other packs with the same graph may share: the first one, and the second where there was one. */
  readonly looks: readonly JudgedLook[];
  readonly evidence: Evidence;
  readonly provider: string;
}

/** A search for the faces of a picture that is under way. */
interface FindingFaces {
  /** Which is expected to look at them. */
  readonly pack: Pack;
  readonly found: Promise<readonly FaceArea[] | undefined>;
}

/** Everything that a picture's bytes say, before anybody decides. */
export interface PictureAnalysis {
  readonly width: number;
  readonly height: number;
  /** What the file's metadata and hidden marks say. */
  readonly metadata: readonly Evidence[];
  readonly fileFacts: readonly FileFact[];
  readonly fileCaveats: readonly CaveatCode[];
  /** Content Credentials, and what they say as evidence; absent when the file has none. */
  readonly provenance: { readonly provenance: Provenance; readonly evidence: readonly Evidence[] } | undefined;
  /** The last one decides. */
  readonly opinions: readonly Opinion[];
  /** Absent where no pack that judged answers to faces, nobody asked, or nobody could look. */
  readonly faces: FacesSeen | undefined;
  readonly perceptualHash: string;
  readonly flatness: number;
  readonly jpegQuality: number | undefined;
  readonly thumbnail: Uint8Array | undefined;
  /** Milliseconds. */
  readonly timings: { readonly decode: number; readonly evidence: number; readonly inference: number };
}

/** The rooms between the lanes and the verdict. Everything that needs the decoded pixels happens here, side by side. */
export async function analysePicture(
  request: PictureRequest,
  { header }: Intake,
  plan: PackPlan,
  rooms: {
    readonly engine: InferenceEngine;
    readonly budget: PixelBudget;
    readonly decoder: PictureDecoder;
    /** What the graph of a head's base saw in this picture before. */
    readonly recall?: (pack: Pack, input: PackInput) => Promise<Omit<JudgedLook, 'input'> | undefined>;
    readonly credentials: ProvenanceReader;
    readonly faces: Pick<PictureFaceFinder, 'lookAt'>;
    readonly wantsThumbnail: boolean;
  },
): Promise<PictureAnalysis> {
  const { bytes, signal, lane, onProgress, watch } = request;
  const stopIfCancelled = (): void => {
    throwIfCancelled(signal);
  };
  return rooms.budget.spend(header.width * header.height, async () => {
    stopIfCancelled();
    onProgress?.('decoding');
    const start = performance.now();
    const first = plan.first();
    const { format } = header;
    const picture = await rooms.decoder.open({ bytes, format, lane, signal }, first?.manifest.input);
    try {
      watch?.stage('decode', start, performance.now());
      return await lookAt(picture, first, performance.now() - start);
    } finally {
      picture.release();
    }
  });

  async function lookAt(picture: OpenPicture, first: Pack | undefined, decode: number): Promise<PictureAnalysis> {
    const decoded = performance.now();
    stopIfCancelled();
    onProgress?.('judging');
    const judging = judgeAll(picture, first);
    // A failure there must not stay unhandled when the picture's other facts fail first.
    judging.catch(() => undefined);
    // Beside the classifier, in a thread of its own, and not before it.
    const reading = rooms.credentials.read(bytes, signal);
    reading.catch(() => undefined);
    const finding = lane === 'asked' ? findingFaces(picture) : undefined;
    finding?.found.catch(() => undefined);
    const metadata = readMetadata(bytes, header);
    // Halving mixes the pixels that a mark would be hidden in.
    const hiddenText = !picture.halved && hasOwnPixels(request.source);
    const isJpeg = header.format === 'jpeg';
    const quality = isJpeg ? jpegQuality(bytes) : undefined;
    const watermark = !picture.halved && mayCarryWatermark(request.source, picture, quality);
    // A fact for people who look closer: what only scrolls by is spared the 9 ms.
    const large = !picture.halved && mayCarryWatermark(request.source, picture);
    const resave = lane === 'asked' && large && isJpeg && metadata.orientation === 1;
    const facts = await picture.facts({ thumbnail: rooms.wantsThumbnail, watermark, hiddenText, resave });
    const provenance = await reading;
    const gathered = performance.now();
    watch?.stage('evidence', decoded, gathered);
    const { opinions, ms } = await judging;
    const faces = lane === 'asked' ? await facesOf(picture, opinions, finding) : undefined;
    return {
      width: picture.halved ? header.width : picture.width,
      height: picture.halved ? header.height : picture.height,
      metadata: [...metadata.evidence, ...marksBeside(metadata.evidence, facts.marks)],
      fileFacts: [...metadata.facts, ...facts.saves],
      fileCaveats: [...(picture.cut ? (['picture-truncated'] as const) : []), ...metadata.caveats],
      provenance,
      opinions,
      faces,
      perceptualHash: perceptualHash(facts.grey),
      flatness: facts.flatness,
      thumbnail: facts.thumbnail,
      jpegQuality: quality,
      timings: { decode, evidence: gathered - decoded, inference: ms },
    };
  }

  /** Where faces are is found out while the packs look at the whole. @returns undefined where none of them will answer to faces */
  function findingFaces(picture: OpenPicture): FindingFaces | undefined {
    const pack = facePack(plan.settling.slice(0, 1));
    return pack && { pack, found: findFaces(picture, pack, rooms.faces) };
  }

  /** Faces come after the answer for the whole, for a person who asks. */
  async function facesOf(
    picture: OpenPicture,
    opinions: readonly Opinion[],
    finding: FindingFaces | undefined,
  ): Promise<FacesSeen | undefined> {
    const pack = facePack(opinions.map((opinion) => opinion.pack));
    if (!pack) return undefined;
    const start = performance.now();
    const found = finding?.pack === pack ? finding.found : undefined;
    const room = { finder: rooms.faces, engine: rooms.engine };
    const seen = await lookAtFaces(picture, pack, { lane, signal }, room, found);
    watch?.stage('faces', start, performance.now());
    return seen;
  }

  async function judgeAll(picture: OpenPicture, first: Pack | undefined): Promise<{ opinions: Opinion[]; ms: number }> {
    const start = performance.now();
    const opinions: Opinion[] = [];
    for (let pack = first; pack; pack = plan.next(opinions)) {
      try {
        const looks: JudgedLook[] = [];
        let provider = '';
        const answer = await judgePicture(picture, pack.manifest, async (look) => {
          const known = pack.head && !needsBaseLogit(pack) && (await rooms.recall?.(pack, look.input));
          if (known) {
            looks.push({ input: look.input, ...known });
            ({ provider } = known);
            return headAnswer(pack, known.vectors);
          }
          const asked = performance.now();
          const views = await look.views();
          const prepared = performance.now();
          watch?.stage('preprocess', asked, prepared);
          const judged = await rooms.engine.judge(pack, views, lane, signal);
          watch?.stage('inference', prepared, performance.now());
          ({ provider } = judged);
          if (look.common) looks.push({ input: look.input, vectors: judged.answer.embeddings, provider });
          return judged.answer;
        });
        opinions.push({ pack, answer, looks, provider, evidence: classifierEvidence(pack.manifest, answer) });
      } catch (error) {
        if (!(error instanceof TouchstoneError) || error.code !== 'pack-invalid') throw error;
        plan.failed(pack, error);
      }
    }
    return { opinions, ms: performance.now() - start };
  }
}

/** Marks that say more than the metadata: settings that are there and hidden too are one finding. */
function marksBeside(metadata: readonly Evidence[], marks: readonly Evidence[]): Evidence[] {
  return marks.filter(({ code }) => !metadata.some((known) => known.code === code));
}
