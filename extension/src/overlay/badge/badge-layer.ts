import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { move } from '../draw/move.ts';
import type { HeldEntry } from '../entry.ts';
import { type BadgeCorner, type Box, badgeSpot, type Size, visiblePart } from '../place/geometry.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { fitBadge, renderBadge } from './badge.ts';

/** The badges of all entries. */
export interface BadgeLayer {
  readonly element: HTMLElement;
  add(entry: HeldEntry): void;
  remove(entry: HeldEntry): void;
  /** @returns whether its words may fit now, or no longer */
  draw(entry: HeldEntry, translator: Translator): boolean;
  /**
   * Measures the pictures, and moves nothing yet.
   * @param settled whether costly questions may be asked
   * @param open the entry whose card stands for its badge
   * @returns moves the badges
   */
  measure(viewport: Size, settled: boolean, open: HeldEntry | undefined): (look: BadgeLook) => void;
}

interface BadgeLook {
  readonly corner: BadgeCorner;
  readonly direction: 'ltr' | 'rtl';
}

/** @param entries those that have a badge, in the order they came */
export function createBadgeLayer(entries: Iterable<HeldEntry>, sizes: MeasuredSizes): BadgeLayer {
  const layer = element('div', {});

  const visibleOf = (entry: HeldEntry, viewport: Size, settled: boolean): Box | undefined => {
    const box = entry.anchor.box();
    const visible = box && visiblePart(box, viewport);
    if (settled && visible) entry.covered = !entry.anchor.uncovered(visible);
    if (box) entry.lastBox = box;
    return entry.covered ? undefined : visible;
  };

  return {
    element: layer,
    add(entry) {
      entry.badge.style.visibility = 'hidden';
      layer.append(entry.badge);
      sizes.watch(entry.badge);
    },
    remove({ badge }) {
      sizes.unwatch(badge);
      badge.remove();
    },
    draw({ badge, state }, translator) {
      const tone = badge.getAttribute('data-verdict');
      renderBadge(badge, state, translator);
      return tone !== badge.getAttribute('data-verdict');
    },
    measure(viewport, settled, open) {
      const places = [...entries].map((entry) => {
        const visible = visibleOf(entry, viewport, settled);
        return { badge: entry.badge, visible: entry === open ? undefined : visible };
      });
      return ({ corner, direction }) => {
        for (const { badge, visible } of places) {
          if (visible) fitBadge(badge, visible.width);
          // One that was never laid out is placed when it has been.
          const size = visible && sizes.known(badge);
          move(badge, visible && size ? badgeSpot(visible, size, corner, direction) : undefined);
        }
      };
    },
  };
}
