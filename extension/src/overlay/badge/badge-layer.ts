import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { move } from '../draw/move.ts';
import type { HeldEntry } from '../entry.ts';
import { type BadgeCorner, type Box, type Size, visiblePart } from '../place/geometry.ts';
import type { LayoutCause } from '../place/layout-loop.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { badgeLook, isCompact, renderBadge } from './badge.ts';
import { type BadgeGround, createBadgeGround } from './badge-ground.ts';
import { twinGroups } from './twins.ts';

/** The badges of all entries. */
export interface BadgeLayer {
  readonly element: HTMLElement;
  remove(entry: HeldEntry): void;
  /** Takes out at once what was removed. */
  sweep(): void;
  /** Draws what changed of one that is shown. @returns false where it has to be measured and placed for that */
  draw(entry: HeldEntry, translator: Translator): boolean;
  /**
   * Measures the pictures, and writes nothing yet.
   * @param open the entry whose card stands for its badge
   * @returns draws and moves the badges; it returns whether some are still to be placed
   */
  measure(viewport: Size, cause: LayoutCause, open: HeldEntry | undefined): (look: BadgeSettings) => boolean;
  /** Something happened in the page that may have laid something over a picture. */
  readonly ground: Pick<BadgeGround, 'stirred' | 'scrolled'>;
}

interface BadgeSettings {
  readonly corner: BadgeCorner;
  readonly translator: Translator;
}

interface Placed {
  readonly entry: HeldEntry;
  readonly address: string | undefined;
  readonly box: Box | undefined;
  readonly visible: Box | undefined;
}

/** What a badge was drawn from. */
interface Drawn {
  readonly state: HeldEntry['state'];
  readonly translator: Translator;
  readonly look: string;
  /** Without its words. */
  readonly compact: boolean;
}

/** A badge within this many CSS pixels of its place is left there: rounding alone moves none. */
const SAME_PLACE_PIXELS = 1;

/** @param entries those that have a badge, in the order they came */
export function createBadgeLayer(entries: Iterable<HeldEntry>, sizes: MeasuredSizes): BadgeLayer {
  const layer = element('div', { class: 'badges' });
  const ground = createBadgeGround();
  const drawn = new WeakMap<HeldEntry, Drawn>();
  const spots = new WeakMap<HeldEntry, Box>();
  const addresses = new WeakMap<HeldEntry, string | undefined>();
  /** How wide what is seen of a picture is; nothing of those that are out of view. */
  const widths = new WeakMap<HeldEntry, number>();
  const removed = new Set<HTMLElement>();
  /** Where the page was scrolled to when the layer was last moved: badges stand at places of the page, not of the window. */
  let origin = { x: 0, y: 0 };

  const addressOf = (entry: HeldEntry, anew: boolean): string | undefined => {
    if (anew || !widths.has(entry)) addresses.set(entry, entry.address?.());
    return addresses.get(entry);
  };
  const measureOne = (entry: HeldEntry, viewport: Size, cause: LayoutCause): Placed => {
    const box = entry.anchor.box(cause === 'moved');
    if (box) entry.lastBox = box;
    const visible = box && visiblePart(box, viewport);
    const address = visible && addressOf(entry, cause !== 'moved');
    if (visible) widths.set(entry, visible.width);
    else widths.delete(entry);
    return { entry, box, visible, address };
  };

  const render = (entry: HeldEntry, compact: boolean, translator: Translator) => {
    const { badge, state } = entry;
    const before = drawn.get(entry);
    if (before?.state === state && before.translator === translator && before.compact === compact) return;
    const look = badgeLook(state, translator, compact);
    renderBadge(badge, state, translator, compact);
    drawn.set(entry, { state, translator, look, compact });
    if (!badge.isConnected) {
      badge.style.visibility = 'hidden';
      layer.append(badge);
      sizes.watch(badge, look);
    } else if (before?.look !== look) sizes.setLook(badge, look);
  };

  /** What looks alike is equally large: only the first badge of a look has to be drawn before its size is known. */
  const sizeOf = (entry: HeldEntry, compact: boolean, translator: Translator): Size | undefined => {
    const look = badgeLook(entry.state, translator, compact);
    const before = drawn.get(entry);
    if (before && before.look !== look) {
      const size = sizes.ofLook(look);
      if (size) return size;
      render(entry, compact, translator);
    }
    return before ? sizes.known(entry.badge) : sizes.ofLook(look);
  };

  const sweep = () => {
    for (const badge of removed) badge.remove();
    removed.clear();
  };
  const moveLayer = () => {
    const [x, y] = [Math.round(scrollX), Math.round(scrollY)];
    if (x === origin.x && y === origin.y) return;
    origin = { x, y };
    layer.style.transform = `translate(${-x}px, ${-y}px)`;
  };
  const moveBadge = (entry: HeldEntry, spot: Box | undefined) => {
    const { badge } = entry;
    if (!badge.isConnected) return;
    if (!spot) {
      move(badge, undefined);
      spots.delete(entry);
      return;
    }
    const place = { x: spot.x + origin.x, y: spot.y + origin.y, width: spot.width, height: spot.height };
    const before = spots.get(entry);
    const isThere =
      before?.width === place.width &&
      Math.abs(before.x - place.x) <= SAME_PLACE_PIXELS &&
      Math.abs(before.y - place.y) <= SAME_PLACE_PIXELS;
    if (isThere && badge.style.visibility === '') return;
    move(badge, place);
    spots.set(entry, place);
  };

  return {
    element: layer,
    ground,
    sweep,
    remove(entry) {
      const { badge } = entry;
      sizes.unwatch(badge);
      ground.forget(entry);
      // Others may go with it, and between their ends the page is asked where it is.
      if (removed.size === 0) queueMicrotask(sweep);
      removed.add(badge);
    },
    draw(entry, translator) {
      const before = drawn.get(entry);
      const width = widths.get(entry);
      // Nothing is drawn of what was never in view.
      if (!before) return width === undefined;
      const compact = width === undefined ? before.compact : isCompact(entry.state, width);
      if (width !== undefined && badgeLook(entry.state, translator, compact) !== before.look) return false;
      render(entry, compact, translator);
      return true;
    },
    measure(viewport, cause, open) {
      const all = [...entries].map((entry) => measureOne(entry, viewport, cause));
      const groups = twinGroups(
        all.filter(({ visible }) => visible),
        all.find(({ entry }) => entry === open),
      );
      return ({ corner, translator }) => {
        const found = new Map<Placed, Box>();
        const compacts = new Map<HeldEntry, boolean>();
        const placing = ground.begin(cause, { corner, direction: translator.direction });
        // Hit tests first, then all writes.
        for (const group of groups)
          for (const placed of group) {
            const { entry, visible } = placed;
            if (!visible) continue;
            const compact = isCompact(entry.state, visible.width);
            compacts.set(entry, compact);
            if (entry === open) break;
            const size = sizeOf(entry, compact, translator);
            // One that was never laid out is placed when it has been.
            const spot = size && placing.spot(entry, visible, size, [...found.values()]);
            if (spot) found.set(placed, spot);
            // One that is seen nowhere, a transparent picture under its background, leaves it to its twin.
            if (entry.place !== 'none') break;
          }
        moveLayer();
        for (const placed of all) {
          const compact = compacts.get(placed.entry);
          if (compact !== undefined) render(placed.entry, compact, translator);
          moveBadge(placed.entry, found.get(placed));
        }
        sweep();
        return placing.isUnfinished();
      };
    },
  };
}
