import type { Explanation } from '@touchstone/shared';
import type { ReportPicture } from './evidence-report.ts';
import { type Html, html } from './html.ts';
import { dataAddress } from './report-picture.ts';

/** Strongest tint of a cell: the picture stays visible below it. */
const STRONGEST_TINT = 0.62;

/** Cells weaker than this get no tint. */
const FAINTEST = 0.06;

/** Cells run into each other by this part of a cell: their edges are no edges in the picture. */
const SOFTNESS = 0.5;

const COLOURS = { ai: '#f76707', camera: '#1c7ed6' } as const;

/** The picture with a tint on each cell that speaks for a side. @param label for those who do not see it */
export function heatMapSvg(image: ReportPicture, { columns, rows, values }: Explanation, label: string): Html {
  const width = image.width / columns;
  const height = image.height / rows;
  const cells = values.map((value, index) => {
    if (Math.abs(value) < FAINTEST) return undefined;
    const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height];
    const colour = value > 0 ? COLOURS.ai : COLOURS.camera;
    return html`<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}" fill-opacity="${(Math.abs(value) * STRONGEST_TINT).toFixed(2)}"/>`;
  });
  const softness = (Math.min(width, height) * SOFTNESS).toFixed(1);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${image.width} ${image.height}" role="img" aria-label="${label}"><filter id="soft"><feGaussianBlur stdDeviation="${softness}"/></filter><image href="${dataAddress(image)}" width="${image.width}" height="${image.height}"/><g filter="url(#soft)">${cells}</g></svg>`;
}
