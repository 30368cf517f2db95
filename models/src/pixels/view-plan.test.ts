import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackInput, ViewRule } from '../pack/pack-schema.ts';
import { planView, viewCount } from './view-plan.ts';

const input: PackInput = {
  name: 'pixels',
  layout: 'NCHW',
  type: 'float32',
  range: [0, 1],
  color: 'srgb-rgb',
  size: [224, 224],
  background: 'white',
  kernel: 'lanczos3',
  kernelEnlarging: 'cubic',
  views: [],
  combine: 'mean-logit',
};

describe('planView', () => {
  it('resizes the shorter side and cuts five crops inside the central window', () => {
    const rule: ViewRule = { kind: 'resize-shorter', side: 448, window: [448, 448], crop: 'five' };
    expect(planView(rule, input, { width: 1920, height: 1080 })).toEqual({
      resize: { width: 796, height: 448, kernel: 'lanczos3' },
      positions: [
        { left: 174, top: 0 },
        { left: 398, top: 0 },
        { left: 174, top: 224 },
        { left: 398, top: 224 },
        { left: 286, top: 112 },
      ],
    });
  });
  it('enlarges with the other kernel', () => {
    const rule: ViewRule = { kind: 'resize-shorter', side: 256, crop: 'center' };
    expect(planView(rule, input, { width: 100, height: 50 })).toEqual({
      resize: { width: 512, height: 256, kernel: 'cubic' },
      positions: [{ left: 144, top: 16 }],
    });
  });
  it('crops natively where the picture is large enough', () => {
    const rule: ViewRule = { kind: 'native-crop', crop: 'corners' };
    expect(planView(rule, input, { width: 301, height: 225 })).toEqual({
      resize: undefined,
      positions: [
        { left: 0, top: 0 },
        { left: 77, top: 0 },
        { left: 0, top: 1 },
        { left: 77, top: 1 },
      ],
    });
  });
  it('enlarges a native crop by just enough', () => {
    const rule: ViewRule = { kind: 'native-crop', crop: 'center' };
    expect(planView(rule, input, { width: 300, height: 112 }).resize).toEqual({
      width: 600,
      height: 224,
      kernel: 'cubic',
    });
  });
  it('squashes', () => {
    expect(planView({ kind: 'squash' }, input, { width: 900, height: 100 })).toEqual({
      resize: { width: 224, height: 224, kernel: 'lanczos3' },
      positions: [{ left: 0, top: 0 }],
    });
  });
  it('never cuts outside of the picture', () => {
    const side = fc.integer({ min: 1, max: 5000 });
    const crop = fc.constantFrom('center' as const, 'corners' as const, 'five' as const);
    const window = fc.option(fc.constant([448, 448] as [number, number]), { nil: undefined });
    const rule = fc.oneof(
      fc.record({
        kind: fc.constant('resize-shorter' as const),
        side: fc.integer({ min: 224, max: 800 }),
        crop,
        window,
      }),
      fc.record({ kind: fc.constant('native-crop' as const), crop, window }),
      fc.constant({ kind: 'squash' as const }),
    );
    fc.assert(
      fc.property(rule, side, side, (view, width, height) => {
        const plan = planView(view, input, { width, height });
        const whole = plan.resize ?? { width, height };
        expect(plan.positions).toHaveLength(viewCount({ views: [view] }));
        for (const { left, top } of plan.positions) {
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(left + 224).toBeLessThanOrEqual(whole.width);
          expect(top + 224).toBeLessThanOrEqual(whole.height);
        }
      }),
    );
  });
});
