import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { move } from '../draw/move.ts';
import type { HeldEntry } from '../entry.ts';
import { type BadgeCorner, type Box, badgeSpot, type Size, visiblePart } from '../place/geometry.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { fitBadge, renderBadge } from './badge.ts';
import { findPlace } from './badge-place.ts';
import { twinGroups } from './twins.ts';

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

interface Placed {
  readonly entry: HeldEntry;
  readonly address: string | undefined;
  readonly box: Box | undefined;
  readonly visible: Box | undefined;
}

/** @param entries those that have a badge, in the order they came */
export function createBadgeLayer(entries: Iterable<HeldEntry>, sizes: MeasuredSizes): BadgeLayer {
  const layer = element('div', {});

  const measureOne = (entry: HeldEntry, viewport: Size): Placed => {
    const box = entry.anchor.box();
    if (box) entry.lastBox = box;
    const visible = box && visiblePart(box, viewport);
    return { entry, box, visible, address: visible && entry.address?.() };
  };

  /** Looks for a place anew where that is due. @returns where its badge goes */
  const spotOf = ({ entry, visible }: Placed, settled: boolean, look: BadgeLook, others: readonly Box[]) => {
    const size = visible && sizes.known(entry.badge);
    // One that was never laid out is placed when it has been.
    if (!visible || !size) return undefined;
    if (settled || entry.place === 'unknown')
      entry.place = findPlace({ anchor: entry.anchor, visible, badge: size, ...look, others }) ?? 'none';
    if (entry.place === 'none') return undefined;
    const { corner, inward } = entry.place;
    return { ...badgeSpot(visible, size, corner, look.direction, inward), ...size };
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
      const all = [...entries].map((entry) => measureOne(entry, viewport));
      const groups = twinGroups(
        all.filter(({ visible }) => visible),
        all.find(({ entry }) => entry === open),
      );
      return (look) => {
        const refitted = all.filter(({ entry, visible }) => visible && fitBadge(entry.badge, visible.width));
        // Placed by the size it had, a badge that gained its words would reach beyond its picture.
        sizes.renew(refitted.map(({ entry }) => entry.badge));
        // Hit tests first, then all writes.
        const spots = new Map<Placed, Box>();
        for (const group of groups)
          for (const placed of group) {
            if (placed.entry === open) break;
            const spot = spotOf(placed, settled, look, [...spots.values()]);
            if (spot) spots.set(placed, spot);
            // One that is seen nowhere, a transparent picture under its background, leaves it to its twin.
            if (placed.entry.place !== 'none') break;
          }
        for (const placed of all) move(placed.entry.badge, spots.get(placed));
      };
    },
  };
}
