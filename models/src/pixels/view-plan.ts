import type { PackInput, ViewRule } from '../pack/pack-schema.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Position {
  readonly left: number;
  readonly top: number;
}

/** What to do for one view rule: resize (or not), then cut H x W at each position. */
export interface ViewPlan {
  readonly resize: (Size & { readonly kernel: PackInput['kernel'] }) | undefined;
  readonly positions: readonly Position[];
}

/** Products such as 448 / 300 * 300 may end a hair above the integer they mean. */
const ROUNDING_SLACK = 1e-6;

const atLeast = (minimum: number, value: number): number => Math.max(minimum, value);

/**
 * Geometry of FORMAT.md, "Views": pure arithmetic, no pixels.
 * @param picture size of the decoded picture
 */
export function planView(rule: ViewRule, input: PackInput, picture: Size): ViewPlan {
  const [height, width] = input.size;
  if (rule.kind === 'squash') {
    const shrinks = width * height < picture.width * picture.height;
    const same = width === picture.width && height === picture.height;
    const kernel = shrinks ? input.kernel : input.kernelEnlarging;
    return { resize: same ? undefined : { width, height, kernel }, positions: [{ left: 0, top: 0 }] };
  }
  const resize = rule.kind === 'resize-shorter' ? shorterSide(rule, input, picture) : cover(input, picture);
  return { resize, positions: cropPositions(rule.crop, rule.window, { width, height }, resize ?? picture) };
}

function shorterSide(
  { side, rounding }: Extract<ViewRule, { kind: 'resize-shorter' }>,
  input: PackInput,
  picture: Size,
): ViewPlan['resize'] {
  const whole = (length: number): number =>
    rounding === 'down'
      ? Math.trunc((side * length) / Math.min(picture.width, picture.height))
      : Math.round(length * factor);
  const factor = side / Math.min(picture.width, picture.height);
  if (factor === 1) return undefined;
  const [height, width] = input.size;
  return {
    width: atLeast(width, whole(picture.width)),
    height: atLeast(height, whole(picture.height)),
    kernel: factor < 1 ? input.kernel : input.kernelEnlarging,
  };
}

function cover(input: PackInput, picture: Size): ViewPlan['resize'] {
  const [height, width] = input.size;
  if (picture.width >= width && picture.height >= height) return undefined;
  const factor = Math.max(width / picture.width, height / picture.height);
  return {
    width: atLeast(width, Math.ceil(picture.width * factor - ROUNDING_SLACK)),
    height: atLeast(height, Math.ceil(picture.height * factor - ROUNDING_SLACK)),
    kernel: input.kernelEnlarging,
  };
}

function cropPositions(
  crop: 'center' | 'corners' | 'five',
  window: readonly [number, number] | undefined,
  view: Size,
  whole: Size,
): Position[] {
  const area = {
    width: Math.max(view.width, Math.min(window?.[1] ?? whole.width, whole.width)),
    height: Math.max(view.height, Math.min(window?.[0] ?? whole.height, whole.height)),
  };
  const left = Math.floor((whole.width - area.width) / 2);
  const top = Math.floor((whole.height - area.height) / 2);
  const right = left + area.width - view.width;
  const bottom = top + area.height - view.height;
  const center = {
    left: left + Math.floor((area.width - view.width) / 2),
    top: top + Math.floor((area.height - view.height) / 2),
  };
  if (crop === 'center') return [center];
  const corners = [
    { left, top },
    { left: right, top },
    { left, top: bottom },
    { left: right, top: bottom },
  ];
  return crop === 'corners' ? corners : [...corners, center];
}

/** Views of one picture, all rules together. */
export function viewCount(input: Pick<PackInput, 'views'>): number {
  const each = { center: 1, corners: 4, five: 5 } as const;
  return input.views.reduce((sum, rule) => sum + (rule.kind === 'squash' ? 1 : each[rule.crop]), 0);
}
