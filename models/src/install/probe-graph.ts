import { TouchstoneError } from '@touchstone/shared';
import { checkGraph } from '../onnx/check-graph.ts';
import { goldenView } from '../pack/golden.ts';
import type { PackInput } from '../pack/pack-schema.ts';
import { tensorMaker } from '../pixels/input-tensor.ts';
import { InferenceSession } from '../runtime/onnxruntime.ts';
import type { GraphFacts } from './try-model.ts';

/**
 * Runs an unknown graph once on the CPU to learn its names and its golden answer. It may hang: call it in a child.
 * @param input preprocessing of the pack; its `name` is not used
 * @throws TouchstoneError `pack-invalid` where the graph does not take one picture and give one or two numbers
 */
export async function probeGraph(path: string, input: Omit<PackInput, 'name'>): Promise<GraphFacts> {
  checkGraph(path, []);
  const session = await InferenceSession.create(path, {
    executionProviders: ['cpu'],
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw new TouchstoneError('pack-invalid', `the runtime cannot load the graph: ${String(cause)}`, { cause });
  });
  try {
    const [inputName, ...further] = session.inputNames;
    if (!inputName || further.length > 0) {
      throw new TouchstoneError(
        'pack-invalid',
        `the graph takes ${session.inputNames.join(', ')}; one picture is expected`,
      );
    }
    const tensor = tensorMaker({ ...input, name: inputName })([{ data: new Uint8Array(goldenView(input)), count: 1 }]);
    const answers = await session.run({ [inputName]: tensor }).catch((cause: unknown) => {
      throw new TouchstoneError('pack-invalid', `the graph refuses the input: ${String(cause)}`, { cause });
    });
    for (const outputName of session.outputNames) {
      const data = answers[outputName]?.data;
      if (data instanceof Float32Array && (data.length === 1 || data.length === 2)) {
        return { inputName, outputName, outputs: data.length, golden: [...data] };
      }
    }
    throw new TouchstoneError('pack-invalid', 'the graph has no float32 output with one or two numbers a picture');
  } finally {
    await session.release();
  }
}
