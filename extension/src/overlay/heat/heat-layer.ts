import { type Explanation, placeInThirds } from '@touchstone/shared';
import { heatPixels } from '@touchstone/shared/present';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import type { Box } from '../place/geometry.ts';
import { layOver } from '../place/lay-over.ts';

/** Colours and numbered frames over a picture of the page. */
export interface HeatLayer {
  readonly element: HTMLElement;
  /** @param explanation undefined takes the layer away */
  draw(explanation: Explanation | undefined, translator: Translator): void;
  /**
   * @param box what of the picture is shown, in CSS pixels of the viewport; undefined hides the layer
   * @param whole where all of the picture would be
   */
  layout(box: Box | undefined, whole: Box | undefined): void;
}

/** The card says the same in words, so screen readers need none of this. */
export function createHeatLayer(): HeatLayer {
  const layer = element('div', { class: 'heat', attributes: { 'aria-hidden': 'true', dir: 'ltr' } });
  layer.hidden = true;
  let drawn: Explanation | undefined;
  return {
    element: layer,
    draw(explanation, translator) {
      layer.hidden = !explanation;
      if (explanation === drawn) return;
      drawn = explanation;
      if (!explanation) {
        layer.replaceChildren();
        return;
      }
      const { columns, rows, regions } = explanation;
      const canvas = element('canvas', { class: 'heat-colours' });
      canvas.width = columns;
      canvas.height = rows;
      canvas.getContext('2d')?.putImageData(new ImageData(heatPixels(explanation), columns, rows), 0, 0);
      const frames = regions.map(({ place }, index) => {
        const frame = element(
          'span',
          { class: 'heat-region' },
          element('span', { class: 'number' }, translator.number(index + 1)),
        );
        const [column, row] = placeInThirds(place);
        frame.style.left = `${(column * 100) / 3}%`;
        frame.style.top = `${(row * 100) / 3}%`;
        return frame;
      });
      layer.replaceChildren(canvas, ...frames);
    },
    layout: (box, whole) => layOver(layer, box, whole),
  };
}
