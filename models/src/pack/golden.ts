import type { PackInput } from './pack-schema.ts';

/**
 * The one view of FORMAT.md, "Golden value": byte `i`, in the order of the pack's layout, is `(i * 7919) mod 256`.
 * @returns the view in the order of every other view here: H x W x 3 bytes, red first
 */
export function goldenView(input: Pick<PackInput, 'layout' | 'size'>): Uint8Array {
  const [height, width] = input.size;
  const pixels = height * width;
  const view = new Uint8Array(pixels * 3);
  for (let i = 0; i < view.length; i++) {
    const target = input.layout === 'NHWC' ? i : (i % pixels) * 3 + Math.floor(i / pixels);
    view[target] = (i * 7919) % 256;
  }
  return view;
}
