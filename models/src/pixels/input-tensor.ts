import { Tensor } from 'onnxruntime-node';
import type { PackInput } from '../pack/pack-schema.ts';
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
 * @returns a function from batches to one tensor `[n, 3, H, W]` or `[n, H, W, 3]`, float32 or uint8 as the pack says
 */
export function tensorMaker(input: PackInput): (batches: readonly ViewBatch[]) => Tensor {
  const [height, width] = input.size;
  const pixels = height * width;
  const tables = lookupTables(input);
  const place = input.layout === 'NCHW' ? placePlanar : placeInterleaved;
  return (batches) => {
    const count = batches.reduce((sum, batch) => sum + batch.count, 0);
    const shape = input.layout === 'NCHW' ? [count, 3, height, width] : [count, height, width, 3];
    let view = 0;
    if (input.type === 'uint8') {
      const data = new Uint8Array(count * pixels * 3);
      for (const batch of batches) {
        placeBytes(batch.data, data, view * pixels * 3, pixels, input.layout);
        view += batch.count;
      }
      return new Tensor('uint8', data, shape);
    }
    const data = new Float32Array(count * pixels * 3);
    for (const batch of batches) {
      for (let i = 0; i < batch.count; i++, view++)
        place(batch.data, i * pixels * 3, data, view * pixels * 3, pixels, tables);
    }
    return new Tensor('float32', data, shape);
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
