/**
 * Numbers in half precision: rounded by at most 1 part in 2,048, at a quarter of the bytes of the text of a number.
 * @returns little-endian, base64; undefined where a number is too large for it, or none
 */
export function toHalfText(numbers: Float32Array | Float64Array): string | undefined {
  const halves = Float16Array.from(numbers);
  return halves.every(Number.isFinite) ? Buffer.from(halves.buffer).toString('base64') : undefined;
}

/** @returns undefined where the text is not `count` finite numbers */
export function fromHalfText(text: string, count: number): Float32Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength !== count * Float16Array.BYTES_PER_ELEMENT || bytes.toString('base64') !== text)
    return undefined;
  const numbers = Float32Array.from(new Float16Array(new Uint8Array(bytes).buffer));
  return numbers.every(Number.isFinite) ? numbers : undefined;
}

/** @returns little-endian 32-bit floats, base64 */
export const toSingleText = (numbers: Float32Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');

/** @returns undefined where the text is not `count` finite numbers */
export function fromSingleText(text: string, count: number): Float32Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength !== count * Float32Array.BYTES_PER_ELEMENT || bytes.toString('base64') !== text)
    return undefined;
  const numbers = new Float32Array(new Uint8Array(bytes).buffer);
  return numbers.every(Number.isFinite) ? numbers : undefined;
}
