import { goldenView, judgePicture, type Pack } from '@touchstone/models';
import type { Evidence, Lane } from '@touchstone/shared';
import type { PictureDecoder } from '../decode/picture-decoder.ts';
import type { PixelBudget } from '../decode/pixel-budget.ts';
import { readMetadata } from '../evidence/metadata/read-metadata.ts';
import type { ProvenanceReader } from '../evidence/provenance/provenance-reader.ts';
import { perceptualHash } from '../fingerprint/perceptual-hash.ts';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import { inspectCapture } from '../intake/inspect-capture.ts';
import type { Lanes } from '../lanes/lanes.ts';

export interface LookRequest {
  /** Encoded picture. */
  readonly bytes: Uint8Array;
  /** Whose graph looks: one with features. */
  readonly pack: Pack;
  readonly lane: Lane;
  /** Who sends it: clients of one lane take turns. */
  readonly client: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a pack's graph sees in a picture. */
export interface PictureLook {
  /** Of the bytes, lower-case hex. */
  readonly sha256: string;
  readonly perceptualHash: string;
  /** Of the first look, before calibration. */
  readonly logit: number;
  /** Features, the mean of the views. */
  readonly vector: Float32Array;
  /** What the file says of itself, by metadata and Content Credentials. */
  readonly evidence: readonly Evidence[];
}

export interface LookRooms {
  readonly engine: InferenceEngine;
  readonly lanes: Lanes;
  readonly budget: PixelBudget;
  readonly decoder: PictureDecoder;
  readonly credentials: Pick<ProvenanceReader, 'read'>;
}

export interface Looker {
  /** @throws TouchstoneError as `Pipeline.check` does for bad input */
  lookAt(request: LookRequest): Promise<PictureLook>;
  /** What a pack's graph sees in its golden view (models/packs/FORMAT.md). */
  lookAtGolden(pack: Pack): Promise<Pick<PictureLook, 'logit' | 'vector'>>;
}

export function createLooker({ engine, lanes, budget, decoder, credentials }: LookRooms): Looker {
  const vectorOf = ({ manifest }: Pack, rows: Float32Array): Float32Array =>
    meanOf(rows, manifest.output.embedding?.size ?? 0);
  const lookAt = async ({ bytes, pack, lane, client, signal }: LookRequest): Promise<PictureLook> => {
    const { header, sha256 } = await inspectCapture(bytes, decoder, { lane, signal });
    return lanes.run({ lane, client, signal }, () =>
      budget.spend(header.width * header.height, async () => {
        const { manifest } = pack;
        const { second: _, ...input } = manifest.input;
        const { native: __, ...output } = manifest.output;
        const picture = await decoder.open({ bytes, format: header.format, lane, signal }, input);
        try {
          const [answer, facts, provenance] = await Promise.all([
            judgePicture(picture, { ...manifest, input, output }, async (look) => {
              return (await engine.judge(pack, await look.views(), lane, signal)).answer;
            }),
            picture.facts({}),
            credentials.read(bytes, signal),
          ]);
          return {
            sha256,
            perceptualHash: perceptualHash(facts.grey),
            logit: answer.logit,
            vector: vectorOf(pack, answer.embeddings),
            evidence: [...(provenance?.evidence ?? []), ...readMetadata(bytes, header).evidence],
          };
        } finally {
          picture.release();
        }
      }),
    );
  };
  return {
    lookAt,
    async lookAtGolden(pack) {
      const view = { data: new Uint8Array(goldenView(pack.manifest.input)), count: 1 };
      const { answer } = await engine.judge(pack, view, 'bulk');
      return { logit: answer.logit, vector: vectorOf(pack, answer.embeddings) };
    },
  };
}

/** The mean of rows of `size` numbers. */
export function meanOf(rows: Float32Array, size: number): Float32Array {
  const count = rows.length / size;
  return Float32Array.from({ length: size }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < count; row += 1) sum += rows[row * size + column] ?? Number.NaN;
    return sum / count;
  });
}
