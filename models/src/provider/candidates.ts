import { listSupportedBackends } from '../runtime/onnxruntime.ts';
import { ACCELERATORS } from './provider-names.ts';

/** Execution providers this build of the runtime knows besides the CPU; whether they work shows only a self-test. */
export function acceleratorCandidates(): string[] {
  const known = new Set(listSupportedBackends().map((backend) => backend.name));
  return ACCELERATORS.filter((name) => known.has(name));
}
