/**
 * Numbers in half precision, rounded by at most 1 part in 2,048: the quick pack's own head answers within 0.00002 of the
 * probability from these (docs/decisions/0017), at half the bytes.
 * @returns little-endian; undefined where a number is too large for it, or none
 */
export function toHalf(numbers: Float32Array): Uint8Array | undefined {
  const halves = Float16Array.from(numbers);
  return halves.every(Number.isFinite) ? new Uint8Array(halves.buffer) : undefined;
}

/** @param bytes as `toHalf` made them; they may lie anywhere in a larger buffer */
export function fromHalf(bytes: Uint8Array): Float32Array {
  return Float32Array.from(new Float16Array(bytes.slice().buffer));
}
