import { listSupportedBackends } from '../runtime/onnxruntime.ts';

/** Providers beyond the CPU worth trying, in the order they are tried. TensorRT builds engines for minutes: left out. */
const ACCELERATORS = ['cuda', 'coreml', 'dml', 'webgpu'] as const;

/** Execution providers this build of the runtime knows besides the CPU; whether they work shows only a self-test. */
export function acceleratorCandidates(): string[] {
  const known = new Set(listSupportedBackends().map((backend) => backend.name));
  return ACCELERATORS.filter((name) => known.has(name));
}
