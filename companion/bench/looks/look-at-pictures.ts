import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Pack, packIdentity } from '@touchstone/models';
import * as v from 'valibot';
import { type Condition, underCondition } from '../../../models/evaluation/conditions.ts';
import type { Looker } from '../../src/analysis/picture-look.ts';
import { decodeVector, encodeVector } from '../../src/training/dataset.ts';
import { addLine, readLines } from '../../src/training/training-files.ts';

/** Pictures in work at a time: while one is judged the next is decoded. */
const AT_ONCE = 3;
/** Kept numbers are shorter than that. */
const SHA256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What a graph saw in one picture under one condition. */
const KeptLook = v.object({
  /** Of the graph, of the file as it lies there, and the condition that it was put under. */
  key: v.string(),
  /** Shorter side of what was looked at, and its perceptual hash. */
  hash: v.string(),
  /** Of the base, before calibration. */
  logit: v.number(),
  vector: v.string(),
});

export interface Seen {
  readonly file: string;
  readonly hash: string;
  readonly logit: number;
  readonly vector: Float32Array;
}

interface Asked {
  readonly looker: Looker;
  readonly pack: Pack;
  readonly files: readonly string[];
  readonly condition: Condition;
  /** File that keeps what was seen, so that whatever ends in the middle goes on there. */
  readonly cache: string;
}

/**
 * Looks at pictures as the product does, under a condition of the evaluation.
 * @returns in the order of `files`, without those that cannot be read, which are named on the error output
 */
export async function lookAtPictures({ looker, pack, files, condition, cache }: Asked): Promise<Seen[]> {
  const kept = new Map((await readLines(cache, KeptLook)).map((look) => [look.key, look]));
  const graph = v.parse(SHA256, packIdentity(pack).sha256).slice(0, 16);
  const seen = new Map<string, Seen>();
  const waiting = files.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const file of waiting) {
      try {
        const original = await readFile(file);
        const key = `${graph} ${condition} ${createHash('sha256').update(original).digest('hex')}`;
        let look = kept.get(key);
        if (!look) {
          const bytes = (await underCondition(original, condition))?.bytes ?? original;
          const found = await looker.lookAt({ bytes, pack, lane: 'bulk', client: 'evaluation' });
          const { perceptualHash: hash, logit, vector } = found;
          look = { key, hash, logit, vector: encodeVector(vector) };
          await addLine(cache, look);
        }
        seen.set(file, { file, hash: look.hash, logit: look.logit, vector: decodeVector(look.vector) });
      } catch (error) {
        process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
      }
      done += 1;
      if (done % 100 === 0) process.stderr.write(`${condition}: ${done} of ${files.length}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return files.flatMap((file) => seen.get(file) ?? []);
}
