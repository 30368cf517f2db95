import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { type HeadModel, headLogit } from '../heads/head-model.ts';
import { checkGraph } from '../onnx/check-graph.ts';
import { goldenView } from '../pack/golden.ts';
import type { Pack } from '../pack/pack-folder.ts';
import { readTokenHead } from '../pack/read-token-head.ts';
import { verifyPackFiles } from '../pack/verify-files.ts';
import { tensorMaker } from '../pixels/input-tensor.ts';
import type { ViewBatch } from '../pixels/prepare-views.ts';
import { InferenceSession } from '../runtime/onnxruntime.ts';

/** Raw answers of a graph for `count` views, one row a view. */
export interface ViewOutputs {
  readonly count: number;
  readonly logits: Float32Array;
  /** `count` rows of `manifest.output.embedding.size`; empty when the pack gives none. */
  readonly embeddings: Float32Array;
  /** `count` rows of grid height x grid width, when the pack has patches. */
  readonly patches: Float32Array | undefined;
  /** `count` numbers, when the pack judges faces. */
  readonly faces?: Float32Array | undefined;
  /** `count` numbers, when the pack takes native looks. */
  readonly natives?: Float32Array | undefined;
}

/** A loaded graph. `run` blocks its thread (measured), so it belongs in a worker. */
export interface PackSession {
  readonly pack: Pack;
  readonly provider: string;
  /** Logit of the golden view on this provider. */
  readonly goldenLogit: number;
  run(batches: readonly ViewBatch[]): Promise<ViewOutputs>;
  /** Gives back what large runs left in the runtime's arena, at the price of one small run; the next one takes it anew. */
  shrink(): Promise<void>;
  release(): Promise<void>;
}

export interface SessionOptions {
  /** One execution provider; a list would throw when its first member is absent. */
  readonly provider?: string;
  /** Files were verified a moment ago by this process or its parent. */
  readonly verified?: boolean;
}

/**
 * Verifies a pack's files, loads its graph and checks the golden logit on the CPU.
 * On other providers the golden logit is only reported: whether it is near enough is the provider choice's business.
 * @throws TouchstoneError `pack-invalid` when files, shapes or the golden value differ from pack.json
 * @throws Error of the runtime when the provider is absent
 */
export async function openPack(
  pack: Pack,
  { provider = 'cpu', verified = false }: SessionOptions = {},
): Promise<PackSession> {
  const { manifest, folder } = pack;
  if (!verified) await verifyPackFiles(pack);
  const path = join(folder, manifest.model.file);
  checkGraph(
    path,
    manifest.model.companions.map(({ file }) => file),
  );
  const [faceHead, nativeHead] = [await readTokenHead(pack, 'face'), await readTokenHead(pack, 'native')];
  const graph = await InferenceSession.create(path, sessionOptions(provider)).catch((cause: unknown) => {
    if (provider !== 'cpu') throw cause;
    throw new TouchstoneError('pack-invalid', `the runtime cannot load ${manifest.model.file}`, { cause });
  });
  const { logit, classes, embedding, patches, face, native, tokens } = manifest.output;
  const further = [embedding?.name, patches?.name, face?.logit, (faceHead ?? nativeHead) && tokens?.name].filter(
    (name) => name !== undefined,
  );
  const wanted = [...new Set([logit, ...further])];
  const missing = [
    ...wanted.filter((name) => !graph.outputNames.includes(name)),
    ...(graph.inputNames.length === 1 && graph.inputNames[0] === manifest.input.name ? [] : [manifest.input.name]),
  ];
  if (missing.length > 0) {
    await graph.release();
    throw new TouchstoneError('pack-invalid', `the graph lacks ${missing.join(', ')} or has other inputs`);
  }
  const toTensor = tensorMaker(manifest.input);

  const facesIn = (read: (name: string, size: number) => Float32Array): Float32Array | undefined => {
    if (face?.logit !== undefined) return read(face.logit, 1);
    return ofTokens(faceHead, read);
  };

  const ofTokens = (
    head: HeadModel | undefined,
    read: (name: string, size: number) => Float32Array,
  ): Float32Array | undefined => {
    if (!head || !tokens) return undefined;
    const size = tokens.size[0] * tokens.size[1];
    return logitsOf(head, size, read(tokens.name, size));
  };

  const run = async (
    batches: readonly ViewBatch[],
    options: InferenceSession.RunOptions = {},
  ): Promise<ViewOutputs> => {
    const input = toTensor(batches);
    const count = input.dims[0] ?? 0;
    const outputs = await graph.run({ [manifest.input.name]: input }, wanted, options);
    const read = (name: string, size: number): Float32Array => {
      const data = outputs[name]?.data;
      if (!(data instanceof Float32Array) || data.length !== count * size) {
        throw new TouchstoneError('pack-invalid', `output ${name} is not float32 with ${size} numbers a view`);
      }
      return data;
    };
    return {
      count,
      logits: classes ? logitOfClass(read(logit, classes.count), classes.ai) : read(logit, 1),
      embeddings: embedding ? read(embedding.name, embedding.size) : new Float32Array(0),
      patches: patches && read(patches.name, patches.grid[0] * patches.grid[1]),
      faces: facesIn(read),
      natives: ofTokens(nativeHead, read),
    };
  };

  try {
    const view = { data: new Uint8Array(goldenView(manifest.input)), count: 1 };
    const golden = await run([view]);
    const goldenLogit = golden.logits[0] ?? Number.NaN;
    const due = [
      [goldenLogit, manifest.golden.logit],
      ...(face ? [[golden.faces?.[0], face.golden]] : []),
      ...(native ? [[golden.natives?.[0], native.golden]] : []),
    ];
    for (const [found = Number.NaN, wanted = Number.NaN] of provider === 'cpu' ? due : []) {
      // Not-a-number compares false, so it fails too.
      if (Math.abs(found - wanted) <= manifest.golden.tolerance) continue;
      throw new TouchstoneError('pack-invalid', `golden logit ${found} instead of ${wanted}`);
    }
    return {
      pack,
      provider,
      goldenLogit,
      run: (batches) => run(batches),
      shrink: async () => void (await run([view], SHRINKING)),
      release: () => graph.release(),
    };
  } catch (error) {
    await graph.release();
    throw error;
  }
}

/** A line over the tokens of each view. @param tokens all numbers of a view, view after view */
function logitsOf(head: HeadModel, size: number, tokens: Float32Array): Float32Array {
  return Float32Array.from({ length: tokens.length / size }, (_, view) =>
    headLogit(head, tokens.subarray(view * size, (view + 1) * size), Number.NaN),
  );
}

/** Softmax over two classes is a sigmoid of their difference. @param rows two numbers a view */
function logitOfClass(rows: Float32Array, ai: 0 | 1): Float32Array {
  return Float32Array.from({ length: rows.length / 2 }, (_, view) => {
    const [first, second] = [rows[2 * view] ?? Number.NaN, rows[2 * view + 1] ?? Number.NaN];
    return ai === 0 ? first - second : second - first;
  });
}

/** Memory of the processor that no run holds is given back at the end of this one. */
const SHRINKING: InferenceSession.RunOptions = { extra: { memory: { enable_memory_arena_shrinkage: 'cpu:0' } } };

/**
 * The arena stays: without it every run maps and clears its memory anew (31 -> 46 ms for the quick pack). Memory patterns
 * go: they plan a second block beside the first run's (35 MB) and save no time. Threads: one a core. Spinning is off: waiting threads that spin took the cores from the decoder and made
 * a five-view run 3x slower on a busy two-core machine (240 ms against 80 ms).
 */
function sessionOptions(provider: string): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: availableParallelism(),
    interOpNumThreads: 1,
    enableMemPattern: false,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}
