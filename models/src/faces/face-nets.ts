import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { InferenceSession, Tensor } from '../runtime/onnxruntime.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Manifest = v.object({ sha256: v.object({ pnet: hash, rnet: hash, onet: hash }) });

export type FaceNetName = keyof v.InferOutput<typeof Manifest>['sha256'];

/** Answers of one network: planes of numbers, `dims` as it gives them. */
export interface FaceNetAnswer {
  readonly score: Float32Array;
  readonly box: Float32Array;
  /** Shape of `box`. */
  readonly dims: readonly number[];
}

/** The three networks of the face detector, loaded. Running one blocks its thread. */
export interface FaceNets {
  /** @param pixels `[count, 3, height, width]`, scaled by `resampleArea` */
  run(name: FaceNetName, pixels: Float32Array, count: number, height: number, width: number): Promise<FaceNetAnswer>;
  release(): Promise<void>;
}

/**
 * Loads the networks of a folder that export_faces.py has written.
 * @throws TouchstoneError `pack-invalid` when a file is missing or not the one that golden.json names
 */
export async function openFaceNets(folder: string): Promise<FaceNets> {
  const { sha256 } = await readManifest(folder);
  const open = async (name: FaceNetName): Promise<InferenceSession> => {
    const bytes = await readFile(join(folder, `${name}.onnx`)).catch((cause: unknown) => {
      throw new TouchstoneError('pack-invalid', `${name}.onnx of the face detector is missing`, { cause });
    });
    if (createHash('sha256').update(bytes).digest('hex') !== sha256[name]) {
      throw new TouchstoneError('pack-invalid', `${name}.onnx of the face detector was changed`);
    }
    // The networks are so small that a second thread costs more than it brings.
    return InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
  };
  const nets = { pnet: await open('pnet'), rnet: await open('rnet'), onet: await open('onet') };
  return {
    async run(name, pixels, count, height, width) {
      const input = new Tensor('float32', pixels, [count, 3, height, width]);
      const { score, box } = await nets[name].run({ pixels: input }, ['score', 'box']);
      if (!(score?.data instanceof Float32Array) || !(box?.data instanceof Float32Array)) {
        throw new TouchstoneError('pack-invalid', `${name}.onnx does not answer with numbers`);
      }
      return { score: score.data, box: box.data, dims: box.dims };
    },
    async release() {
      for (const net of Object.values(nets)) await net.release();
    },
  };
}

async function readManifest(folder: string): Promise<v.InferOutput<typeof Manifest>> {
  try {
    return v.parse(Manifest, JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8')));
  } catch (cause) {
    throw new TouchstoneError('pack-invalid', 'golden.json of the face detector cannot be read', { cause });
  }
}
