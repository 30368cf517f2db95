import { momentNear } from '@touchstone/shared/present';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import type { Box } from '../place/geometry.ts';
import type { VideoCheckState } from './video-state.ts';

/** Boxes stand while the player is this near to the moment they were found in, in seconds: faces move on. */
const NEAR_SECONDS = 0.35;

export interface FaceBoxes {
  readonly element: HTMLElement;
  /** @param frame where the frames are drawn; undefined hides the boxes */
  layout(state: VideoCheckState, now: number, frame: Box | undefined, translator: Translator): void;
}

/** Boxes around the faces of the moment that the player shows, each with its number on the card. */
export function createFaceBoxes(): FaceBoxes {
  const layer = element('div', { class: 'faces', attributes: { 'aria-hidden': 'true' } });
  let shown = '';
  return {
    element: layer,
    layout(state, now, frame, translator) {
      const faces = (frame && momentNear(state.moments, now, NEAR_SECONDS)?.faces) ?? [];
      const key = JSON.stringify([frame, faces]);
      if (key === shown) return;
      shown = key;
      layer.replaceChildren(
        ...faces.map((face) => {
          const box = element(
            'div',
            { class: 'face' },
            element('span', { class: 'face-number' }, translator.number(face.track + 1)),
          );
          if (!frame) return box;
          box.style.width = `${face.width * frame.width}px`;
          box.style.height = `${face.height * frame.height}px`;
          box.style.transform = `translate(${frame.x + face.x * frame.width}px, ${frame.y + face.y * frame.height}px)`;
          return box;
        }),
      );
    },
  };
}
