import { STEP_SHAPES, type Step } from '@touchstone/shared/present';

const SVG = 'http://www.w3.org/2000/svg';

/** One path each on a 16 x 16 grid, drawn with strokes; the shapes differ so that no state is told by colour alone. */
const paths = {
  pending: 'M8 2a6 6 0 1 1-6 6',
  error: 'M8 2.2 14.4 13.4H1.6ZM8 6.6v3M8 11.6v.1',
  list: 'M2 3h4v4H2ZM2 9.5h4v4H2ZM8.5 4h5.5M8.5 6.5h3.5M8.5 10.5h5.5M8.5 13h3.5',
  close: 'M4 4l8 8M12 4l-8 8',
  move: 'M8 1.8v12.4M1.8 8h12.4M6.2 3.4 8 1.6l1.8 1.8M6.2 12.6 8 14.4l1.8-1.8M3.4 6.2 1.6 8l1.8 1.8M12.6 6.2 14.4 8l-1.8 1.8',
  back: 'M8 13.5v-11M3.8 6.7 8 2.5l4.2 4.2',
  /** A sealed page; with a question in place of the seal; with a cross. */
  sealed:
    'M10.8 7.2V5L8.2 2.4h-5v10.4h3.6M8.2 2.4V5h2.6M10.6 7.7a2 2 0 1 0 0 4.1 2 2 0 0 0 0-4.1ZM9.6 11.7v2.4l1-.7 1 .7v-2.4',
  'sealed-unknown':
    'M10.8 6.4V5L8.2 2.4h-5v10.4h4M8.2 2.4V5h2.6M9.6 9a1.5 1.5 0 1 1 2.1 1.4c-.4.2-.6.5-.6 1M11 13.3v.1',
  'sealed-broken': 'M10.8 6.4V5L8.2 2.4h-5v10.4h3.6M8.2 2.4V5h2.6M8.8 8.8l4.4 4.4M13.2 8.8l-4.4 4.4',
  /** Stands before what is only listed. */
  dot: 'M6.5 8h3',
} as const;

export type IconName = keyof typeof paths | Step;

/** A decorative icon; the words beside it carry the meaning. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}${isFull(name) ? ' full' : ''}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', iconPath(name));
  svg.append(path);
  return svg;
}

/** The drawing alone, for surfaces that build their own elements. */
export function iconPath(name: IconName): string {
  return name in STEP_SHAPES ? STEP_SHAPES[name as Step].path : paths[name as keyof typeof paths];
}

/** Whether its drawing is filled. */
export function isFull(name: string): boolean {
  return name in STEP_SHAPES && STEP_SHAPES[name as Step].full;
}
