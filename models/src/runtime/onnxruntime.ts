/** The only door to the model runtime; the linter refuses every other. The order is the point: silenced first. */
import './require-silence.ts';

export { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
