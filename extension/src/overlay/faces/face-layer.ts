import { facePlace, type ResultRecord } from '@touchstone/shared';
import { element } from '../draw/element.ts';
import type { Box } from '../place/geometry.ts';
import { layOver } from '../place/lay-over.ts';

/** A frame around the face that a picture's verdict speaks of. The card says in words that there is one; screen readers need no more. */
export interface FaceLayer {
  readonly element: HTMLElement;
  /** @param record of the open card; undefined, a video or a picture without such a face takes the frame away */
  draw(record: Pick<ResultRecord, 'evidence' | 'source'> | undefined): void;
  /**
   * @param box what of the picture is shown, in CSS pixels of the viewport; undefined hides the frame
   * @param whole where all of the picture would be
   */
  layout(box: Box | undefined, whole: Box | undefined): void;
}

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;

export function createFaceLayer(): FaceLayer {
  const layer = element('div', { class: 'blended', attributes: { 'aria-hidden': 'true', dir: 'ltr' } });
  layer.hidden = true;
  return {
    element: layer,
    draw(record) {
      const places =
        record && record.source.kind !== 'video' ? record.evidence.flatMap((one) => facePlace(one) ?? []) : [];
      layer.hidden = places.length === 0;
      layer.replaceChildren(
        ...places.map(({ x, y, width, height }) => {
          const frame = element('span', { class: 'blended-face' });
          Object.assign(frame.style, {
            left: percent(x),
            top: percent(y),
            width: percent(width),
            height: percent(height),
          });
          return frame;
        }),
      );
    },
    layout: (box, whole) => layOver(layer, box, whole),
  };
}
