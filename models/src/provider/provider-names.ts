/** Providers beyond the CPU worth trying, in the order they are tried. TensorRT builds engines for minutes: left out. */
export const ACCELERATORS = ['cuda', 'coreml', 'dml', 'webgpu'] as const;

/** Every execution provider that a person may ask for. */
export const PROVIDERS = ['cpu', ...ACCELERATORS] as const;
