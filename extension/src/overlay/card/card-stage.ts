import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import type { CardAction } from '../check-state.ts';
import { move } from '../draw/move.ts';
import type { HeldEntry } from '../entry.ts';
import { createHeatLayer } from '../heat/heat-layer.ts';
import type { OverlayHost } from '../host/host.ts';
import { CARD_GAP_PIXELS, cardHeightLimit, cardSpot, isTouching, type Size } from '../place/geometry.ts';
import type { MeasuredSizes } from '../place/measured-sizes.ts';
import { createVideoSurface, type VideoSurface } from '../video/video-surface.ts';
import { createCard, renderCard } from './card.ts';

interface OpenCard {
  readonly entry: HeldEntry;
  readonly card: HTMLElement;
  /** What had the focus before it came. */
  readonly before: Element | null;
  readonly video: VideoSurface | undefined;
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
  /** Focuses the button of an action and scrolls it into view: it may stand at the end of a long card. */
  focusOn(action: CardAction): void;
  /** Measures, and moves nothing yet. @returns moves card and layers */
  measure(viewport: Size): (translator: Translator) => void;
}

/** @param above what the card stands below of, in the order of the stage: badges come last */
export function createCardStage(host: OverlayHost, above: HTMLElement, sizes: MeasuredSizes): CardStage {
  const heatLayer = createHeatLayer();
  host.stage.insertBefore(heatLayer.element, above);
  let opened: OpenCard | undefined;

  const draw = (translator: Translator) => {
    if (!opened) return;
    const { entry, card, video } = opened;
    const { state, label, subject, actions, heat } = entry;
    renderCard(
      card,
      { state, label, ...(subject && { subject: translator.text(subject) }), ...(actions.explain && { heat }) },
      translator,
    );
    video?.draw(state, translator);
    heatLayer.draw(heat.step === 'known' && heat.shown ? heat.explanation : undefined, translator);
  };

  const place = (
    { card, entry, video }: OpenCard,
    cardSize: Size,
    isInView: boolean,
    viewport: Size,
    translator: Translator,
  ) => {
    if (!entry.lastBox) return;
    // The timeline under a player belongs to it: the card keeps clear of both.
    const whole = video?.layout(entry.state, entry.lastBox, viewport, translator) ?? entry.lastBox;
    const limit = video && cardHeightLimit(whole, { width: cardSize.width, height: 0 }, viewport);
    const maxHeight = limit === undefined ? '' : `${limit}px`;
    // The style sheet knows the window alone, with its scroll bars.
    const maxWidth = `${viewport.width - 2 * CARD_GAP_PIXELS}px`;
    if (card.style.maxWidth !== maxWidth) card.style.maxWidth = maxWidth;
    if (card.style.maxHeight !== maxHeight) card.style.maxHeight = maxHeight;
    const size = { width: cardSize.width, height: Math.min(cardSize.height, limit ?? cardSize.height) };
    // Of a picture that is out of view, it would stand beside other pictures.
    move(card, isInView ? cardSpot(whole, size, viewport, translator.direction) : undefined);
  };

  return {
    get entry() {
      return opened?.entry;
    },
    get video() {
      return opened?.video;
    },
    get parts() {
      return opened ? [opened.card, heatLayer.element, ...(opened.video?.parts ?? [])] : [];
    },
    contains: (control) => (opened?.card.contains(control) || opened?.video?.element.contains(control)) ?? false,
    draw,
    open(entry, translator) {
      const before = host.root.activeElement ?? document.activeElement;
      const card = createCard();
      const video = entry.video && createVideoSurface(entry.video, sizes);
      opened = { entry, card, before, video };
      if (video) host.stage.insertBefore(video.element, above);
      host.stage.insertBefore(card, above);
      draw(translator);
      for (const part of [card, ...(video?.parts ?? [])]) sizes.watch(part);
    },
    close(translator) {
      if (!opened) return () => undefined;
      const { card, before, entry, video } = opened;
      const hadFocus = card.contains(host.root.activeElement);
      opened = undefined;
      for (const part of [card, ...(video?.parts ?? [])]) sizes.unwatch(part);
      card.remove();
      video?.element.remove();
      heatLayer.draw(undefined, translator);
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
      button?.closest('section, .foot')?.scrollIntoView({ block: 'nearest' });
    },
    measure(viewport) {
      const current = opened;
      const size = current && sizes.now(current.card);
      const box = current?.entry.anchor.box();
      const isInView = box !== undefined && isTouching(box, viewport);
      return (translator) => {
        heatLayer.layout(current?.entry.covered ? undefined : box);
        if (current && size) place(current, size, isInView, viewport, translator);
      };
    },
  };
}
