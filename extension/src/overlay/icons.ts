const SVG = 'http://www.w3.org/2000/svg';

/** One path each on a 16 x 16 grid, drawn with strokes; the shapes differ so that no state is told by colour alone. */
const paths = {
  /** Spark: made by a machine. */
  fake: 'M8 1.5 9.6 6.4 14.5 8 9.6 9.6 8 14.5 6.4 9.6 1.5 8 6.4 6.4Z',
  /** Camera. */
  real: 'M2 5h2.6l1-1.8h4.8l1 1.8H14v8H2ZM8 6.7a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z',
  uncertain: 'M5.6 6a2.4 2.4 0 1 1 3.3 2.2c-.6.3-.9.7-.9 1.4M8 12.4v.1',
  pending: 'M8 2a6 6 0 1 1-6 6',
  error: 'M8 2.2 14.4 13.4H1.6ZM8 6.6v3M8 11.6v.1',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

export type IconName = keyof typeof paths;

/** A decorative icon; the words beside it carry the meaning. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/** The drawing alone, for surfaces that build their own elements. */
export function iconPath(name: IconName): string {
  return paths[name];
}
