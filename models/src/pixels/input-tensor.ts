import type { PackInput } from '../pack/pack-schema.ts';
import { Tensor } from '../runtime/onnxruntime.ts';
import type { ViewBatch } from './prepare-views.ts';

/** What each byte value becomes in each channel: scaled to the range, then (x - mean) / std. */
function lookupTables({ range, mean, std }: PackInput): [Float32Array, Float32Array, Float32Array] {
  const table = (channel: 0 | 1 | 2): Float32Array =>
    Float32Array.from({ length: 256 }, (_, byte) => {
      const scaled = range[1] === 1 ? byte / 255 : byte;
      return (scaled - (mean?.[channel] ?? 0)) / (std?.[channel] ?? 1);
    });
  return [table(0), table(1), table(2)];
}

/**
 * Builds the graph's input from views of one or many pictures.
 * @returns a function from batches to one tensor `[n, 3, H, W]` or `[n, H, W, 3]`, float32 or uint8 as the pack says.
 *   Its memory is used again by the next call, so a tensor must have been run by then.
 */
export function tensorMaker(input: PackInput): (batches: readonly ViewBatch[]) => Tensor {
  const [height, width] = input.size;
  const pixels = height * width;
  const viewSize = pixels * 3;
  const tables = lookupTables(input);
  const place = input.layout === 'NCHW' ? placePlanar : placeInterleaved;
  let floats = new Float32Array(0);
  let bytes = new Uint8Array(0);
  return (batches) => {
    const count = batches.reduce((sum, batch) => sum + batch.count, 0);
    const shape = input.layout === 'NCHW' ? [count, 3, height, width] : [count, height, width, 3];
    let at = 0;
    if (input.type === 'uint8') {
      if (bytes.length < count * viewSize) bytes = new Uint8Array(count * viewSize);
      for (const batch of batches) {
        placeBytes(batch.data, bytes, at, pixels, input.layout);
        at += batch.count * viewSize;
      }
      return new Tensor('uint8', bytes.subarray(0, at), shape);
    }
    if (floats.length < count * viewSize) floats = new Float32Array(count * viewSize);
    for (const batch of batches) {
      for (let i = 0; i < batch.count; i++, at += viewSize) {
        place(batch.data, i * viewSize, floats, at, pixels, tables);
      }
    }
    return new Tensor('float32', floats.subarray(0, at), shape);
  };
}

type Tables = ReturnType<typeof lookupTables>;

function placePlanar(
  from: Uint8Array,
  start: number,
  to: Float32Array,
  at: number,
  pixels: number,
  tables: Tables,
): void {
  const [red, green, blue] = tables;
  for (let i = 0, source = start; i < pixels; i++, source += 3) {
    to[at + i] = red[from[source] as number] as number;
    to[at + pixels + i] = green[from[source + 1] as number] as number;
    to[at + 2 * pixels + i] = blue[from[source + 2] as number] as number;
  }
}

function placeInterleaved(
  from: Uint8Array,
  start: number,
  to: Float32Array,
  at: number,
  pixels: number,
  tables: Tables,
): void {
  const [red, green, blue] = tables;
  for (let i = 0; i < pixels * 3; i += 3) {
    to[at + i] = red[from[start + i] as number] as number;
    to[at + i + 1] = green[from[start + i + 1] as number] as number;
    to[at + i + 2] = blue[from[start + i + 2] as number] as number;
  }
}

function placeBytes(from: Uint8Array, to: Uint8Array, at: number, pixels: number, layout: PackInput['layout']): void {
  if (layout === 'NHWC') {
    to.set(from, at);
    return;
  }
  for (let i = 0; i < from.length; i++) {
    const view = Math.floor(i / (pixels * 3));
    const inView = i % (pixels * 3);
    to[at + view * pixels * 3 + (inView % 3) * pixels + Math.floor(inView / 3)] = from[i] as number;
  }
}
