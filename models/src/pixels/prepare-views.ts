import type { KernelEnum } from 'sharp';
import type { PackInput, ViewRule } from '../pack/pack-schema.ts';
import { type PillowFilter, resizeLikePillow } from '../resample/pillow.ts';
import { pictureLibrary } from './picture-library.ts';
import type { RawPicture } from './raw-picture.ts';
import { releaseMemory } from './release-memory.ts';
import { type Position, planView, type ViewPlan, viewCount } from './view-plan.ts';

/** All views of one picture: `count` times H x W x 3 bytes, red first, in the order of FORMAT.md. */
export interface ViewBatch {
  readonly data: Uint8Array;
  readonly count: number;
}

/**
 * Makes a pack's views from a decoded picture. Runs in libvips' threads, not on the event loop.
 * @param picture decoded at full size (FORMAT.md, "Decoding")
 * @returns bytes (a quarter of the size of floats) in shared memory, so that they reach another thread without a copy
 */
export async function prepareViews(picture: RawPicture, input: PackInput): Promise<ViewBatch> {
  const [height, width] = input.size;
  const viewBytes = height * width * 3;
  const count = viewCount(input);
  const data = new Uint8Array(new SharedArrayBuffer(count * viewBytes));
  const plans = input.views.map((rule) => planView(rule, input, picture));
  const areas = await Promise.all(plans.map((plan) => areaOf(picture, plan, width, height)));
  let offset = 0;
  for (const [index, plan] of plans.entries()) {
    const area = areas[index];
    if (!area) continue;
    for (const position of plan.positions) {
      copyCrop(
        area.pixels,
        { left: position.left - area.left, top: position.top - area.top },
        data,
        offset,
        width,
        height,
      );
      offset += viewBytes;
    }
    // Left to the garbage collector, what libvips made for each frame of a video has it run several times a minute of it.
    if (area.pixels.data !== picture.data) releaseMemory(area.pixels.data);
  }
  return { data, count };
}

/** What a view's pixels depend on, beside the picture. */
function pixelsOf(input: PackInput, rule: ViewRule): string {
  const { size, color, background, kernel, kernelEnlarging } = input;
  return JSON.stringify([size, color, background, kernel, kernelEnlarging, Object.entries(rule).toSorted()]);
}

/**
 * Views of a picture among those that another pack's input asked for: packs often take some of the same.
 * @param made of the same picture, by `input`
 * @returns undefined where one is not among them; else the same memory where the views lie together in it
 */
export function viewsAmong(made: ViewBatch, input: PackInput, wanted: PackInput): ViewBatch | undefined {
  const viewBytes = input.size[0] * input.size[1] * 3;
  const places = new Map<string, { readonly at: number; readonly count: number }>();
  let next = 0;
  for (const rule of input.views) {
    const count = viewCount({ views: [rule] });
    places.set(pixelsOf(input, rule), { at: next, count });
    next += count;
  }
  const found = wanted.views.map((rule) => places.get(pixelsOf(wanted, rule)));
  const runs = found.filter((place) => place !== undefined);
  const first = runs[0];
  if (!first || runs.length < found.length) return undefined;
  const count = viewCount(wanted);
  const together = runs.every(({ at }, i) => i === 0 || at === (runs[i - 1]?.at ?? 0) + (runs[i - 1]?.count ?? 0));
  if (together) return { data: made.data.subarray(first.at * viewBytes, (first.at + count) * viewBytes), count };
  const data = new Uint8Array(new SharedArrayBuffer(count * viewBytes));
  let offset = 0;
  for (const run of runs) {
    data.set(made.data.subarray(run.at * viewBytes, (run.at + run.count) * viewBytes), offset);
    offset += run.count * viewBytes;
  }
  return { data, count };
}

interface Area extends Position {
  readonly pixels: RawPicture;
}

/** Resizes, but computes only the rectangle that the crops touch (libvips works on demand; the pixels are the same). */
async function areaOf(picture: RawPicture, plan: ViewPlan, width: number, height: number): Promise<Area> {
  if (!plan.resize) return { left: 0, top: 0, pixels: picture };
  if (plan.resize.kernel.startsWith('pillow-')) {
    const { kernel, ...size } = plan.resize;
    const filter = kernel.slice('pillow-'.length) as PillowFilter;
    const data = resizeLikePillow(picture.data, { ...picture, channels: 3 }, size.width, size.height, filter);
    return { left: 0, top: 0, pixels: { data, ...size } };
  }
  const left = Math.min(...plan.positions.map((position) => position.left));
  const top = Math.min(...plan.positions.map((position) => position.top));
  const area = {
    left,
    top,
    width: Math.max(...plan.positions.map((position) => position.left)) + width - left,
    height: Math.max(...plan.positions.map((position) => position.top)) + height - top,
  };
  const kernel = plan.resize.kernel as keyof KernelEnum;
  const sharp = await pictureLibrary();
  const data = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
    limitInputPixels: false,
  })
    .resize({ width: plan.resize.width, height: plan.resize.height, fit: 'fill', kernel })
    .extract(area)
    .raw()
    .toBuffer();
  return { left, top, pixels: { data, width: area.width, height: area.height } };
}

function copyCrop(
  from: RawPicture,
  { left, top }: Position,
  to: Uint8Array,
  offset: number,
  width: number,
  height: number,
): void {
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * from.width + left) * 3;
    to.set(from.data.subarray(start, start + width * 3), offset + row * width * 3);
  }
}
