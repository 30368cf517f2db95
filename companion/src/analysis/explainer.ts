import type { Pack } from '@touchstone/models';
import { type Explanation, packLabel, type ResultRecord, throwIfCancelled } from '@touchstone/shared';
import { sideOf, stepOf } from '@touchstone/shared/present';
import type { PictureDecoder } from '../decode/picture-decoder.ts';
import type { PixelBudget } from '../decode/pixel-budget.ts';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import { sniffFormat } from '../intake/sniff.ts';
import type { Lanes } from '../lanes/lanes.ts';
import type { InstalledPacks } from '../packs/installed-packs.ts';
import { explainPicture } from './explanation/explain-picture.ts';

export interface ExplainRequest {
  /** Whose score is explained, by the pack that gave it. */
  readonly record: ResultRecord;
  /** Encoded picture of that record. */
  readonly bytes: Uint8Array;
  /** Aborting rejects with `cancelled`; runs that have not started are dropped. */
  readonly signal?: AbortSignal | undefined;
  /** Who asks, in any words: clients take turns. */
  readonly client?: string | undefined;
}

export interface ExplainRooms {
  readonly packs: InstalledPacks;
  readonly engine: InferenceEngine;
  readonly lanes: Lanes;
  readonly budget: PixelBudget;
  readonly decoder: PictureDecoder;
}

/**
 * Explanations go the way of a person's question: same lane, same memory budget, same batches.
 * @returns a function that throws TouchstoneError `pack-unknown` when the record's version of the pack is not installed any more,
 *   `cancelled`, `busy`, and as a check for a picture that cannot be decoded
 */
export function createExplainer({ packs, engine, lanes, budget, decoder }: ExplainRooms) {
  async function explainBy(pack: Pack, { record, bytes, signal, client = '' }: ExplainRequest): Promise<Explanation> {
    const asked = { bytes, format: sniffFormat(bytes), signal };
    const header = await decoder.readHeader(asked);
    return lanes.run({ lane: 'asked', client, signal }, () =>
      budget.spend(header.width * header.height, async () => {
        throwIfCancelled(signal);
        const picture = await decoder.open(asked, pack.manifest.input);
        try {
          throwIfCancelled(signal);
          return await explainPicture(picture, pack.manifest, sideOf(stepOf(record.verdict)), async (views) => {
            const { answer } = await engine.judge(pack, views, 'asked', signal);
            return answer;
          });
        } finally {
          picture.release();
        }
      }),
    );
  }

  return async (request: ExplainRequest): Promise<Explanation> => {
    throwIfCancelled(request.signal);
    const work = packs.begin();
    try {
      return await explainBy(work.byName(packLabel(request.record.pack)), request);
    } finally {
      work.end();
    }
  };
}
