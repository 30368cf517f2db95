import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PackInput } from '../pack/pack-schema.ts';
import { tensorMaker } from './input-tensor.ts';
import { prepareViews, viewsAmong } from './prepare-views.ts';

const base: PackInput = {
  name: 'pixels',
  layout: 'NCHW',
  type: 'float32',
  range: [0, 1],
  color: 'srgb-rgb',
  size: [32, 32],
  background: 'white',
  kernel: 'lanczos3',
  kernelEnlarging: 'cubic',
  views: [{ kind: 'resize-shorter', side: 64, window: [64, 64], crop: 'five' }],
  combine: 'mean-logit',
};
const picture = {
  width: 300,
  height: 200,
  data: Uint8Array.from({ length: 300 * 200 * 3 }, (_, i) => (i * i * 7 + (i % 900)) % 256),
};

describe('prepareViews', () => {
  it('gives the pixels that resizing the whole picture and then cutting gives', async () => {
    const { data, count } = await prepareViews(picture, base);
    expect(count).toBe(5);
    const whole = sharp(picture.data, { raw: { width: 300, height: 200, channels: 3 } })
      .resize({ width: 96, height: 64, fit: 'fill', kernel: 'lanczos3' })
      .raw();
    const resized = await whole.toBuffer();
    const positions = [
      [16, 0],
      [48, 0],
      [16, 32],
      [48, 32],
      [32, 16],
    ] as const;
    for (const [view, [left, top]] of positions.entries()) {
      for (let row = 0; row < 32; row++) {
        const start = ((top + row) * 96 + left) * 3;
        const ours = data.subarray((view * 32 + row) * 96, (view * 32 + row + 1) * 96);
        expect(Buffer.from(ours).equals(resized.subarray(start, start + 96))).toBe(true);
      }
    }
  });
  it('leaves native pixels untouched', async () => {
    const { data } = await prepareViews(picture, { ...base, views: [{ kind: 'native-crop', crop: 'corners' }] });
    expect([...data.subarray(0, 96)]).toEqual([...picture.data.subarray(0, 96)]);
  });
  it('makes views of a single pixel', async () => {
    const { data } = await prepareViews({ width: 1, height: 1, data: Uint8Array.of(9, 8, 7) }, base);
    expect([...data.subarray(0, 3)]).toEqual([9, 8, 7]);
  });
});

describe('views among those of another pack', () => {
  const shorter = (side: number) => ({ kind: 'resize-shorter', side, crop: 'center' }) as const;
  const made = { ...base, views: [shorter(32), { kind: 'squash' } as const, shorter(64)] };
  const both = { name: 'other', range: [0, 255] as [0, 255], combine: 'max-logit' as const };
  it.each([
    ['one', [shorter(64)]],
    ['all', made.views],
    ['two that lie together', [{ kind: 'squash' } as const, shorter(64)]],
    ['two that do not, in another order', [shorter(64), shorter(32)]],
    ['one twice', [shorter(32), shorter(32)]],
  ])('are the pixels that the pack itself would have made: %s', async (_, views) => {
    const wanted = { ...base, ...both, views };
    const found = viewsAmong(await prepareViews(picture, made), made, wanted);
    const own = await prepareViews(picture, wanted);
    expect(found?.count).toBe(own.count);
    expect(Buffer.from(found?.data ?? []).equals(own.data)).toBe(true);
  });
  it('are told from views that only look alike', async () => {
    const batch = await prepareViews(picture, made);
    const others: Partial<PackInput>[] = [
      { views: [shorter(33)] },
      { views: [{ ...shorter(64), rounding: 'down' }] },
      { views: [{ ...shorter(64), crop: 'five' }] },
      { views: [shorter(64), shorter(65)] },
      { views: [shorter(64)], kernel: 'lanczos2' },
      { views: [shorter(64)], kernelEnlarging: 'linear' },
      { views: [shorter(64)], size: [16, 32] },
    ];
    for (const other of others) expect(viewsAmong(batch, made, { ...base, ...other })).toBeUndefined();
  });
});

describe('tensorMaker', () => {
  const view = { count: 1, data: Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => i % 256) };
  it('separates the planes and scales', () => {
    const tensor = tensorMaker(base)([view, view]);
    expect(tensor.dims).toEqual([2, 3, 32, 32]);
    expect(tensor.data[0]).toBe(0);
    expect(tensor.data[1]).toBeCloseTo(3 / 255, 6);
    expect(tensor.data[32 * 32]).toBeCloseTo(1 / 255, 6);
    expect(tensor.data[3 * 32 * 32 + 1]).toBeCloseTo(3 / 255, 6);
  });
  it('applies mean and standard deviation on the pack’s range', () => {
    const normalised = {
      ...base,
      layout: 'NHWC' as const,
      mean: [0.5, 0, 0] as [number, number, number],
      std: [0.25, 1, 1] as [number, number, number],
    };
    const tensor = tensorMaker(normalised)([view]);
    expect(tensor.dims).toEqual([1, 32, 32, 3]);
    expect(tensor.data[0]).toBeCloseTo(-2, 6);
    expect(tensor.data[4]).toBeCloseTo(4 / 255, 6);
  });
  it.each(['NCHW', 'NHWC'] as const)('passes plain bytes in %s', (layout) => {
    const tensor = tensorMaker({ ...base, type: 'uint8', range: [0, 255], layout })([view]);
    expect(tensor.type).toBe('uint8');
    expect(tensor.data[1]).toBe(layout === 'NCHW' ? 3 : 1);
  });
});
