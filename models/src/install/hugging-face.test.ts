import { describe, expect, it } from 'vitest';
import { describeHuggingFaceFolder } from './hugging-face.ts';

const normal = { image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] };
const two = { architectures: ['ViTForImageClassification'], id2label: { 0: 'artificial', 1: 'human' } };

describe('describeHuggingFaceFolder', () => {
  it('reads a ViT processor: squash with Pillow’s bicubic filter', () => {
    const { input, classes } = describeHuggingFaceFolder(two, {
      ...normal,
      image_processor_type: 'ViTImageProcessor',
      size: { height: 224, width: 224 },
      resample: 3,
    });
    expect(input).toMatchObject({
      size: [224, 224],
      kernel: 'pillow-bicubic',
      range: [0, 1],
      mean: [0.5, 0.5, 0.5],
      views: [{ kind: 'squash' }],
    });
    expect(classes).toEqual({ count: 2, ai: 0 });
  });

  it('reads a CLIP processor: shorter side, then a centre crop', () => {
    const { input } = describeHuggingFaceFolder(two, {
      ...normal,
      size: { shortest_edge: 256 },
      do_center_crop: true,
      crop_size: { height: 224, width: 224 },
    });
    expect(input).toMatchObject({
      size: [224, 224],
      views: [{ kind: 'resize-shorter', side: 256, crop: 'center', rounding: 'down' }],
    });
  });

  it('reads a ConvNext processor’s crop_pct', () => {
    const { input } = describeHuggingFaceFolder(two, {
      ...normal,
      image_processor_type: 'ConvNextImageProcessor',
      size: { shortest_edge: 224 },
      crop_pct: 0.875,
    });
    expect(input).toMatchObject({ views: [{ kind: 'resize-shorter', side: 256 }] });
  });

  it('keeps bytes as they are where the processor does not rescale or normalise', () => {
    const { input } = describeHuggingFaceFolder(two, { size: 224, do_rescale: false, do_normalize: false });
    expect(input).toMatchObject({ range: [0, 255] });
    expect(input).not.toHaveProperty('mean');
  });

  it.each([
    [{ 0: 'Real', 1: 'Fake' }, 1],
    [{ 0: 'ai-generated', 1: 'photo' }, 0],
    [{ 0: 'LABEL_REAL', 1: 'LABEL_X' }, 1],
  ])('finds the class that means AI in %o', (id2label, ai) => {
    expect(describeHuggingFaceFolder({ id2label }, { ...normal }).classes).toEqual({ count: 2, ai });
  });

  it('takes a single logit as it is', () => {
    expect(describeHuggingFaceFolder({ id2label: { 0: 'fake' } }, { ...normal }).classes).toBeUndefined();
  });

  it.each<[string, unknown, unknown]>([
    ['labels that say nothing', { id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } }, normal],
    ['a thousand classes', { num_labels: 1000 }, normal],
    ['inputs of many sizes', two, { ...normal, size: { shortest_edge: 224 } }],
    ['another scale', two, { ...normal, rescale_factor: 1 / 127.5 }],
    ['an offset', two, { ...normal, rescale_offset: true }],
    ['nearest neighbour', two, { ...normal, resample: 0 }],
    ['a normalisation without numbers', two, {}],
    ['no object', 'text', normal],
  ])('refuses %s', (_, config, preprocessor) => {
    expect(() => describeHuggingFaceFolder(config, preprocessor)).toThrow(
      expect.objectContaining({ code: 'pack-invalid', detail: expect.stringMatching(/\.json/) }),
    );
  });
});
