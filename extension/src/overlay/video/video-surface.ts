import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import type { CheckState } from '../check-state.ts';
import { element } from '../draw/element.ts';
import type { Box, Size } from '../place/geometry.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { createFaceBoxes } from './face-boxes.ts';
import { createTimelinePanel, type TimelinePlayer, timelineSpot } from './timeline-panel.ts';

/** What stands on and under a player while its card is open. */
export interface VideoSurface {
  readonly element: HTMLElement;
  /** Each part that may lie over the player. */
  readonly parts: readonly HTMLElement[];
  draw(state: CheckState, translator: Translator): void;
  /** @returns the box of player and timeline together */
  layout(state: CheckState, video: Box | undefined, viewport: Size, translator: Translator): Box | undefined;
  press(clientX: number): void;
  key(name: string): boolean;
}

export function createVideoSurface(player: TimelinePlayer, sizes: MeasuredSizes): VideoSurface {
  const panel = createTimelinePanel(player);
  const faces = createFaceBoxes();
  const surface = element('div', {}, faces.element, panel.element);
  const { style } = panel.element;
  let placed = '';
  const show = (shown: boolean) => {
    if (panel.element.hidden && shown) {
      // Until it has its place.
      style.visibility = 'hidden';
      placed = '';
    }
    panel.element.hidden = !shown;
    faces.element.hidden = !shown;
  };
  return {
    element: surface,
    parts: [panel.element, faces.element],
    draw(state, translator) {
      show(state.kind === 'video' && state.moments.length > 0);
      if (state.kind === 'video') panel.draw(state, translator);
    },
    layout(state, video, viewport, translator) {
      if (!video || state.kind !== 'video' || panel.element.hidden) return video;
      const { height } = sizes.now(panel.element);
      const frame = player.frame();
      const { spot, width } = timelineSpot(video, height, viewport);
      const transform = `translate(${spot.x}px, ${spot.y}px)`;
      if (placed !== `${width} ${transform}`) {
        placed = `${width} ${transform}`;
        [style.width, style.transform, style.visibility] = [`${width}px`, transform, ''];
      }
      panel.follow();
      faces.layout(state, player.now(), frame, translator);
      const left = Math.min(video.x, spot.x);
      const right = Math.max(video.x + video.width, spot.x + width);
      const bottom = Math.max(video.y + video.height, spot.y + height);
      return { x: left, y: video.y, width: right - left, height: bottom - video.y };
    },
    press: panel.press,
    key: panel.key,
  };
}
