import type { Explanation, ImageSearch } from '@touchstone/shared';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { type CardAction, type LabelState, recordOf } from '../check-state.ts';
import { element } from '../draw/element.ts';
import { move } from '../draw/move.ts';
import type { HeldEntry } from '../entry.ts';
import { createFaceLayer } from '../faces/face-layer.ts';
import { createHeatLayer } from '../heat/heat-layer.ts';
import type { OverlayHost } from '../host/host.ts';
import {
  type Box,
  CARD_GAP_PIXELS,
  cardHeightLimit,
  cardSpot,
  explainingHeightLimit,
  explainingSpot,
  isTouching,
  type Size,
} from '../place/geometry.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { createVideoSurface, type VideoSurface } from '../video/video-surface.ts';
import { createCard, renderCard } from './card.ts';
import { type CardMover, createCardMover } from './card-mover.ts';
import { bringIntoCard, followLabel } from './label-place.ts';
import { createOutline } from './outline.ts';
import { createWayBack } from './way-back.ts';

/** Side of the small picture in the card, in CSS pixels. */
const THUMBNAIL_PIXELS = 40;

interface OpenCard {
  readonly entry: HeldEntry;
  readonly card: HTMLElement;
  /** What had the focus before it came. */
  readonly before: Element | null;
  readonly video: VideoSurface | undefined;
  readonly thumbnail: HTMLCanvasElement | undefined;
  readonly mover: CardMover;
  label: LabelState['status'];
}

/** Where things of the page are, read before anything is moved. */
interface Measured {
  readonly size: Size;
  readonly box: Box | undefined;
  readonly whole: Box | undefined;
  readonly viewport: Size;
}

/** The one open card, with what is drawn over its picture. */
export interface CardStage {
  /** The entry whose card is open. */
  readonly entry: HeldEntry | undefined;
  readonly video: VideoSurface | undefined;
  /** Everything of it that may lie over the page. */
  readonly parts: readonly HTMLElement[];
  contains(control: Element): boolean;
  /** Draws the card anew for its entry's state. */
  draw(translator: Translator): void;
  open(entry: HeldEntry, translator: Translator): void;
  /** Takes the card away. @returns gives the focus back to what had it before, where the card had it */
  close(translator: Translator): () => void;
  focus(): void;
  /** Focuses the button of an action and brings it into view: it may stand at the end of a long card. */
  focusOn(action: CardAction): void;
  /** Brings what a selector finds into the card's scrolled view. */
  bringIntoView(selector: string): void;
  /** The pointer took hold of a control. @returns to be called with its places, where that moves the card */
  grab(control: Element, x: number, y: number): ((x: number, y: number) => void) | undefined;
  /** @returns whether a key on one of its controls was meant for it */
  key(control: Element, name: string): boolean;
  /** Measures, and moves nothing yet. @returns moves card and layers */
  measure(viewport: Size): (translator: Translator) => void;
}

function thumbnailOf(entry: HeldEntry): HTMLCanvasElement | undefined {
  if (entry.video) return undefined;
  const canvas = element('canvas', { class: 'thumbnail', attributes: { 'aria-hidden': 'true' } });
  canvas.width = canvas.height = Math.round(THUMBNAIL_PIXELS * devicePixelRatio);
  return entry.anchor.paint?.(canvas) ? canvas : undefined;
}

const shownHeat = ({ heat }: HeldEntry): Explanation | undefined =>
  heat.status === 'known' && heat.shown ? heat.explanation : undefined;

/**
 * @param above what the card stands below of, in the order of the stage: badges come last
 * @param chosenSearch the service that a person chose to look for pictures
 * @param moved called when a person moved the card
 */
export function createCardStage(
  host: OverlayHost,
  above: HTMLElement,
  sizes: MeasuredSizes,
  chosenSearch: () => ImageSearch,
  moved: () => void,
): CardStage {
  const heatLayer = createHeatLayer();
  const faceLayer = createFaceLayer();
  const outline = createOutline();
  const wayBack = createWayBack();
  for (const layer of [heatLayer.element, faceLayer.element, outline.element, wayBack.element])
    host.stage.insertBefore(layer, above);
  let opened: OpenCard | undefined;

  const draw = (translator: Translator) => {
    if (!opened) return;
    const { entry, card, video, thumbnail } = opened;
    const { state, label, share, subject, actions, heat } = entry;
    const hadFocus = card.contains(host.root.activeElement);
    const search = chosenSearch();
    renderCard(
      card,
      {
        state,
        label,
        share,
        ...(subject && { subject: translator.text(subject) }),
        ...(actions.explain && { heat }),
        ...(thumbnail && { thumbnail }),
        ...(search !== 'none' && { imageSearch: search }),
      },
      translator,
    );
    if (opened.label !== label.status) followLabel(card, label.status, hadFocus);
    opened.label = label.status;
    video?.draw(state, translator);
    heatLayer.draw(shownHeat(entry), translator);
    faceLayer.draw(recordOf(state));
  };

  /** The card goes with its picture: beside another one it would be about that. */
  const showInView = ({ card }: OpenCard, isInView: boolean, translator: Translator) => {
    const { activeElement } = host.root;
    const cardHadFocus = card.contains(activeElement);
    const backHadFocus = activeElement === wayBack.element;
    if (!isInView) move(card, undefined);
    wayBack.show(!isInView, translator);
    if (!isInView && cardHadFocus) wayBack.element.focus({ preventScroll: true });
    return () => {
      if (isInView && backHadFocus) card.focus({ preventScroll: true });
    };
  };

  const place = (open: OpenCard, { size: full, box, viewport }: Measured, translator: Translator) => {
    const { card, entry, video, mover } = open;
    if (!entry.lastBox) return;
    const isInView = box !== undefined && isTouching(box, viewport);
    const focusAfter = showInView(open, isInView, translator);
    // The timeline under a player belongs to it: the card keeps clear of both.
    const whole = video?.layout(entry.state, entry.lastBox, viewport, translator) ?? entry.lastBox;
    const explains = shownHeat(entry) !== undefined;
    const limitOf = video ? cardHeightLimit : explains ? explainingHeightLimit : undefined;
    // Not its height of now, which the limit decides.
    const limit = limitOf?.(whole, { width: full.width, height: 0 }, viewport);
    const maxHeight = limit === undefined ? '' : `${limit}px`;
    // The style sheet knows the window alone, with its scroll bars.
    const maxWidth = `${viewport.width - 2 * CARD_GAP_PIXELS}px`;
    if (card.style.maxWidth !== maxWidth) card.style.maxWidth = maxWidth;
    if (card.style.maxHeight !== maxHeight) card.style.maxHeight = maxHeight;
    if (!isInView) return;
    const size = { width: full.width, height: Math.min(full.height, limit ?? full.height) };
    const spotOf = explains ? explainingSpot : cardSpot;
    move(card, mover.place(spotOf(whole, size, viewport, translator.direction), size, viewport));
    focusAfter();
  };

  return {
    get entry() {
      return opened?.entry;
    },
    get video() {
      return opened?.video;
    },
    get parts() {
      if (!opened) return [];
      const layers = [heatLayer.element, faceLayer.element, outline.element, wayBack.element];
      return [opened.card, ...layers, ...(opened.video?.parts ?? [])];
    },
    contains: (control) =>
      opened !== undefined &&
      (opened.card.contains(control) ||
        control === wayBack.element ||
        (opened.video?.element.contains(control) ?? false)),
    draw,
    open(entry, translator) {
      const before = host.root.activeElement ?? document.activeElement;
      const card = createCard();
      const video = entry.video && createVideoSurface(entry.video, sizes);
      const mover = createCardMover(moved);
      opened = { entry, card, before, video, thumbnail: thumbnailOf(entry), mover, label: entry.label.status };
      if (video) host.stage.insertBefore(video.element, above);
      host.stage.insertBefore(card, above);
      draw(translator);
      for (const part of [card, ...(video?.parts ?? [])]) sizes.watch(part);
    },
    close(translator) {
      if (!opened) return () => undefined;
      const { card, before, entry, video } = opened;
      const hadFocus = card.contains(host.root.activeElement) || host.root.activeElement === wayBack.element;
      opened = undefined;
      for (const part of [card, ...(video?.parts ?? [])]) sizes.unwatch(part);
      card.remove();
      video?.element.remove();
      heatLayer.draw(undefined, translator);
      faceLayer.draw(undefined);
      outline.layout(undefined);
      wayBack.show(false, translator);
      return () => {
        if (!hadFocus) return;
        if (before === entry.badge) entry.badge.focus({ preventScroll: true });
        else if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      };
    },
    focus: () => opened?.card.focus({ preventScroll: true }),
    focusOn(action) {
      const button = opened?.card.querySelector<HTMLElement>(`[data-action="${action}"]`);
      button?.focus({ preventScroll: true });
      const section = button?.closest('section');
      if (opened && section) bringIntoCard(opened.card, section);
    },
    bringIntoView(selector) {
      const part = opened?.card.querySelector(selector);
      if (opened && part) bringIntoCard(opened.card, part);
    },
    grab(control, x, y) {
      if (!opened?.card.contains(control) || control.closest('.close') || !control.closest('.head')) return undefined;
      return opened.mover.grab(x, y);
    },
    key(control, name) {
      if (!opened) return false;
      if (opened.video?.element.contains(control)) return opened.video.key(name);
      return control.getAttribute('data-action') === 'move' && opened.mover.key(name);
    },
    measure(viewport) {
      const current = opened;
      if (!current) return () => undefined;
      const { anchor, video, subject, state } = current.entry;
      const box = anchor.box();
      const measured = { size: sizes.now(current.card), box, whole: anchor.whole(), viewport };
      return (translator) => {
        heatLayer.layout(box, measured.whole);
        faceLayer.layout(box, measured.whole);
        outline.layout(video || subject || state.kind === 'pictures' ? undefined : box);
        place(current, measured, translator);
      };
    },
  };
}
