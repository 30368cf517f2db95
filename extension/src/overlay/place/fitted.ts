import type { Box, Size } from './geometry.ts';

/** A part of a computed `object-position`: of the room left over, or a length in CSS pixels. */
function offset(part: string | undefined, room: number): number {
  const value = Number.parseFloat(part ?? '');
  if (Number.isNaN(value)) return room / 2;
  return part?.endsWith('%') ? (room * value) / 100 : value;
}

/**
 * Where a picture of some proportions lies in a box when it is fitted as CSS says; all of it, which may reach beyond
 * the box.
 * @param fit computed `object-fit`
 * @param position computed `object-position`; centred where it is left out
 */
export function fitted(box: Box, natural: Size, fit: string, position = '50% 50%'): Box {
  const { width, height } = natural;
  if (width <= 0 || height <= 0 || fit === 'fill') return box;
  const across = box.width / width;
  const down = box.height / height;
  const contained = Math.min(across, down);
  const scale =
    fit === 'cover'
      ? Math.max(across, down)
      : fit === 'none'
        ? 1
        : fit === 'scale-down'
          ? Math.min(1, contained)
          : contained;
  const size = { width: width * scale, height: height * scale };
  const [x, y] = position.split(' ');
  return { x: box.x + offset(x, box.width - size.width), y: box.y + offset(y, box.height - size.height), ...size };
}
