import type { Explanation } from '@touchstone/shared';
import { heatCells } from '@touchstone/shared/present';
import type { ReportPicture } from './evidence-report.ts';
import { type Html, html } from './html.ts';
import { dataAddress } from './report-picture.ts';

/** Cells run into each other by this part of a cell: their edges are no edges in the picture. */
const SOFTNESS = 0.5;

/** The picture with a tint on each cell that speaks for a side. @param label for those who do not see it */
export function heatMapSvg(image: ReportPicture, explanation: Explanation, label: string): Html {
  const width = image.width / explanation.columns;
  const height = image.height / explanation.rows;
  const cells = heatCells(explanation).map(
    ({ column, row, colour, alpha }) =>
      html`<rect x="${(column * width).toFixed(1)}" y="${(row * height).toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="rgb(${colour.join(',')})" fill-opacity="${alpha.toFixed(2)}"/>`,
  );
  const softness = (Math.min(width, height) * SOFTNESS).toFixed(1);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${image.width} ${image.height}" role="img" aria-label="${label}"><filter id="soft"><feGaussianBlur stdDeviation="${softness}"/></filter><image href="${dataAddress(image)}" width="${image.width}" height="${image.height}"/><g filter="url(#soft)">${cells}</g></svg>`;
}
