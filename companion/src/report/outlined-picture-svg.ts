import type { FacePlace } from '@touchstone/shared';
import type { ReportPicture } from './evidence-report.ts';
import { type Html, html } from './html.ts';
import { dataAddress } from './report-picture.ts';

/** Lines around a face, in parts of the picture's longer side: a dark one under a light one is seen on any picture. */
const LINES = [
  { colour: '#000', width: 0.008 },
  { colour: '#fff', width: 0.004 },
] as const;

/** The picture with frames around the faces that the verdict speaks of. @param label for those who do not see them */
export function outlinedPictureSvg(image: ReportPicture, faces: readonly FacePlace[], label: string): Html {
  const longer = Math.max(image.width, image.height);
  const frames = faces.flatMap(({ x, y, width, height }) =>
    LINES.map(
      (line) =>
        html`<rect x="${(x * image.width).toFixed(1)}" y="${(y * image.height).toFixed(1)}" width="${(width * image.width).toFixed(1)}" height="${(height * image.height).toFixed(1)}" fill="none" stroke="${line.colour}" stroke-width="${(line.width * longer).toFixed(1)}"/>`,
    ),
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${image.width} ${image.height}" role="img" aria-label="${label}"><image href="${dataAddress(image)}" width="${image.width}" height="${image.height}"/>${frames}</svg>`;
}
