import type { Label, ResultRecord } from '@touchstone/shared';
import tokens from '@touchstone/shared/tokens.css?raw';
import type { CardTranslator as Translator } from '../i18n/translator.ts';
import { badgeName, createBadge, fitBadge, renderBadge } from './badge/badge.ts';
import { createCard, renderCard, titleOf } from './card/card.ts';
import evidenceStyles from './card/evidence.css?inline';
import { type CardAction, type CheckState, type LabelStep, recordOf } from './check-state.ts';
import { element } from './draw/element.ts';
import { createHeatLayer } from './heat/heat-layer.ts';
import type { HeatStep } from './heat/heat-state.ts';
import { createOverlayHost } from './host/host.ts';
import type { InputGate } from './host/input-gate.ts';
import styles from './overlay.css?raw';
import type { Anchor } from './place/anchor.ts';
import {
  type BadgeCorner,
  type Box,
  badgeSpot,
  CARD_GAP_PIXELS,
  cardHeightLimit,
  cardSpot,
  intersection,
  isTouching,
  type Size,
  visiblePart,
} from './place/geometry.ts';
import { createLayoutLoop } from './place/layout-loop.ts';
import { measureSizes } from './place/measured-sizes.ts';
import type { TimelinePlayer } from './video/timeline-panel.ts';
import videoStyles from './video/video.css?inline';
import { sameState } from './video/video-state.ts';
import { createVideoSurface, type VideoSurface } from './video/video-surface.ts';

/** Requests of a person about one check. */
export interface EntryActions {
  again(): void;
  label(label: Label | null): void;
  openHistory(): void;
  /** Where in the picture does the score come from? Absent where nothing can be drawn over what was checked. */
  explain?(record: ResultRecord): void;
  /** Only for videos: no more frames are sampled. */
  stop?(): void;
  /** The card was closed or the entry removed by the person. */
  dismissed(): void;
}

export interface Entry {
  readonly state: CheckState;
  /** Whether its card is open. */
  readonly isOpen: boolean;
  /** Measures the page at once: what it belongs to came or went. */
  place(): void;
  update(state: CheckState): void;
  updateLabel(label: LabelStep): void;
  updateHeat(heat: HeatStep): void;
  /**
   * A person asked: opens the card, moves focus to it and announces the outcome to screen readers; another open card
   * collapses to its badge.
   */
  ask(): void;
  remove(): void;
}

export interface EntryOptions {
  readonly anchor: Anchor;
  /** Asked when a card closes: false removes the entry, true leaves its badge. */
  readonly keepsBadge: () => boolean;
  readonly state: CheckState;
  readonly actions: EntryActions;
  readonly subject?: string;
  /** The player, where the check is about a video. */
  readonly video?: TimelinePlayer;
}

export interface Overlay {
  add(options: EntryOptions): Entry;
  setLook(translator: Translator, corner: BadgeCorner): void;
  isOurs(node: Element): boolean;
  /** Hides what lies over a part of the page, or everything, while a screenshot is taken. */
  conceal(hidden: boolean, over?: Box): void;
}

interface Held extends EntryOptions {
  state: CheckState;
  label: LabelStep;
  heat: HeatStep;
  asked: boolean;
  readonly badge: HTMLButtonElement;
  covered: boolean;
  lastBox: Box | undefined;
}

function move(node: HTMLElement, spot: { x: number; y: number } | undefined): void {
  // Not `visible`: that would show through the stage while it is concealed.
  const visibility = spot ? '' : 'hidden';
  if (node.style.visibility !== visibility) node.style.visibility = visibility;
  if (!spot) return;
  const transform = `translate(${spot.x}px, ${spot.y}px)`;
  if (node.style.transform !== transform) node.style.transform = transform;
}

/**
 * The document's one overlay: badges on pictures and at most one open card, in a closed shadow root in the top layer.
 * Lives until the signal aborts.
 */
export function createOverlay(
  look: { translator: Translator; corner: BadgeCorner },
  gate: InputGate,
  signal: AbortSignal,
): Overlay {
  let { translator, corner } = look;
  const host = createOverlayHost(`${tokens}\n${styles}\n${videoStyles}\n${evidenceStyles}`, signal);
  const badges = element('div', {});
  const announcer = element('div', { class: 'announcer', attributes: { role: 'status', 'aria-live': 'polite' } });
  const heatLayer = createHeatLayer();
  host.stage.append(announcer, heatLayer.element, badges);

  const entries = new Set<Held>();
  const concealed: HTMLElement[] = [];
  const ofBadge = new WeakMap<Element, Held>();
  let opened:
    | {
        readonly entry: Held;
        readonly card: HTMLElement;
        readonly before: Element | null;
        readonly video: VideoSurface | undefined;
      }
    | undefined;

  const layoutEntry = (entry: Held, viewport: Size, settled: boolean) => {
    const box = entry.anchor.box();
    const visible = box && visiblePart(box, viewport);
    if (settled && visible) entry.covered = !entry.anchor.uncovered(visible);
    if (box) entry.lastBox = box;
    return visible && !entry.covered && opened?.entry !== entry ? visible : undefined;
  };
  const layout = (settled: boolean) => {
    host.ensure();
    const viewport = { width: document.documentElement.clientWidth || innerWidth, height: innerHeight };
    // All reads first, then all writes: one reflow at most.
    const places = [...entries].map((entry) => ({ entry, visible: layoutEntry(entry, viewport, settled) }));
    const cardSize = opened && sizes.now(opened.card);
    const openedBox = opened?.entry.anchor.box();
    const heated = opened?.entry.covered ? undefined : openedBox;
    for (const { entry, visible } of places) {
      if (visible) fitBadge(entry.badge, visible.width);
      // One that was never laid out is placed when it has been.
      const size = visible && sizes.known(entry.badge);
      move(entry.badge, visible && size ? badgeSpot(visible, size, corner, translator.direction) : undefined);
    }
    heatLayer.layout(heated);
    if (opened?.entry.lastBox && cardSize) {
      const { card, entry } = opened;
      // The timeline under a player belongs to it: the card keeps clear of both.
      const whole = opened.video?.layout(entry.state, entry.lastBox, viewport, translator) ?? entry.lastBox;
      const limit = opened.video && whole && cardHeightLimit(whole, { width: cardSize.width, height: 0 }, viewport);
      const maxHeight = limit === undefined ? '' : `${limit}px`;
      // The style sheet knows the window alone, with its scroll bars.
      const maxWidth = `${viewport.width - 2 * CARD_GAP_PIXELS}px`;
      if (card.style.maxWidth !== maxWidth) card.style.maxWidth = maxWidth;
      if (card.style.maxHeight !== maxHeight) card.style.maxHeight = maxHeight;
      const height = Math.min(cardSize.height, limit ?? cardSize.height);
      // Of a picture that is out of view, it would stand beside other pictures.
      const isInView = openedBox && isTouching(openedBox, viewport);
      const size = { width: cardSize.width, height };
      move(card, isInView && whole ? cardSpot(whole, size, viewport, translator.direction) : undefined);
    }
  };
  /** Entries to be drawn anew with the next frame. */
  const changed = new Set<Held>();
  const draw = () => {
    for (const entry of changed) {
      const tone = entry.badge.getAttribute('data-verdict');
      renderBadge(entry.badge, entry.state, translator);
      const isOpen = opened?.entry === entry;
      if (isOpen) drawCard();
      announce(entry);
      // Words may fit now; the faces of the moment that plays have their places.
      if (isOpen || tone !== entry.badge.getAttribute('data-verdict')) loop.request();
    }
    changed.clear();
  };
  const loop = createLayoutLoop({ layout, draw }, signal);
  const sizes = measureSizes(loop.request, signal);

  const drawCard = () => {
    if (!opened) return;
    const { entry, card } = opened;
    renderCard(
      card,
      {
        state: entry.state,
        label: entry.label,
        ...(entry.subject && { subject: entry.subject }),
        ...(entry.actions.explain && { heat: entry.heat }),
      },
      translator,
    );
    opened.video?.draw(entry.state, translator);
    heatLayer.draw(entry.heat.step === 'known' && entry.heat.shown ? entry.heat.explanation : undefined, translator);
  };
  const redraw = (entry: Held) => {
    changed.add(entry);
    loop.redraw();
  };
  const announce = (entry: Held) => {
    if (!entry.asked) return;
    const words = entry.state.kind === 'verdict' ? badgeName(entry.state, translator) : undefined;
    const said = words ?? titleOf(entry.state, translator);
    // A video's numbers change all the time: only another verdict, or another activity, is worth a word.
    if (announcer.textContent !== said) announcer.textContent = said;
  };
  const remove = (entry: Held) => {
    if (opened?.entry === entry) collapse(false);
    sizes.unwatch(entry.badge);
    entry.badge.remove();
    entries.delete(entry);
    changed.delete(entry);
    loop.keep(entries.size > 0);
  };
  /** Takes the card away, leaving its badge. */
  const collapse = (returnFocus: boolean) => {
    if (!opened) return;
    const closing = opened;
    const { card, before, entry } = closing;
    const hadFocus = card.contains(host.root.activeElement);
    opened = undefined;
    announcer.textContent = '';
    for (const part of [card, ...(closing.video?.parts ?? [])]) sizes.unwatch(part);
    card.remove();
    closing.video?.element.remove();
    heatLayer.draw(undefined, translator);
    layout(false);
    if (!returnFocus || !hadFocus) return;
    if (before === entry.badge) entry.badge.focus({ preventScroll: true });
    else if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  const open = (entry: Held) => {
    if (opened?.entry === entry) {
      opened.card.focus({ preventScroll: true });
      return;
    }
    const before = host.root.activeElement ?? document.activeElement;
    collapse(false);
    const card = createCard();
    const video = entry.video && createVideoSurface(entry.video, sizes);
    opened = { entry, card, before, video };
    host.stage.insertBefore(card, badges);
    if (video) host.stage.insertBefore(video.element, card);
    drawCard();
    layout(false);
    for (const part of [card, ...(video?.parts ?? [])]) sizes.watch(part);
    card.focus({ preventScroll: true });
  };
  const close = () => {
    const entry = opened?.entry;
    if (!entry) return;
    collapse(true);
    if (entry.keepsBadge()) return;
    remove(entry);
    entry.actions.dismissed();
  };

  const setHeat = (entry: Held, heat: HeatStep) => {
    entry.heat = heat;
    if (opened?.entry !== entry) return;
    drawCard();
    layout(false);
  };
  const toggleHeat = (entry: Held) => {
    const { heat, state } = entry;
    if (heat.step === 'known') setHeat(entry, { ...heat, shown: !heat.shown });
    else if (heat.step !== 'asking' && state.kind === 'verdict') {
      setHeat(entry, { step: 'asking' });
      entry.actions.explain?.(state.record);
    }
  };

  const perform = (entry: Held, action: CardAction, control: Element, clientX: number) => {
    const setLabel = (label: LabelStep) => {
      entry.label = label;
      drawCard();
      layout(false);
    };
    // Scrolls it into view too: the question stands at the end of a card that may be longer than its window.
    const focusOn = (next: CardAction) => {
      const button = opened?.card.querySelector<HTMLElement>(`[data-action="${next}"]`);
      button?.focus({ preventScroll: true });
      button?.closest('section, .foot')?.scrollIntoView({ block: 'nearest' });
    };
    if (action === 'close') close();
    else if (action === 'history') entry.actions.openHistory();
    else if (action === 'again' || action === 'retry') entry.actions.again();
    else if (action === 'wrong') {
      setLabel({ step: 'asking' });
      focusOn('label-fake');
    } else if (action === 'back') {
      setLabel({ step: 'none' });
      focusOn('wrong');
    } else if (action === 'undo') entry.actions.label(null);
    else if (action === 'heat') toggleHeat(entry);
    else if (action === 'stop') entry.actions.stop?.();
    else if (action === 'seek') entry.video?.seek?.(Number(control.getAttribute('data-time')));
    else if (action === 'timeline') opened?.video?.press(clientX);
    else entry.actions.label(action.slice('label-'.length) as Label);
  };

  gate.guard(host.element, host.root, {
    activate(control, clientX) {
      const entry = ofBadge.get(control);
      if (entry) open(entry);
      else if (opened?.card.contains(control) || opened?.video?.element.contains(control))
        perform(opened.entry, control.getAttribute('data-action') as CardAction, control, clientX);
    },
    key: (control, name) => (opened?.video?.element.contains(control) && opened.video.key(name)) ?? false,
    escape() {
      if (!opened) return false;
      close();
      return true;
    },
  });

  return {
    add(options) {
      const entry: Held = {
        ...options,
        label: { step: 'none' },
        heat: { step: 'none' },
        asked: false,
        badge: createBadge(),
        covered: false,
        lastBox: undefined,
      };
      entries.add(entry);
      ofBadge.set(entry.badge, entry);
      entry.badge.style.visibility = 'hidden';
      badges.append(entry.badge);
      sizes.watch(entry.badge);
      loop.keep(true);
      redraw(entry);
      loop.request();
      return {
        get state() {
          return entry.state;
        },
        get isOpen() {
          return opened?.entry === entry;
        },
        place: () => layout(false),
        update(state) {
          const before = entry.state;
          if (sameState(before, state)) return;
          entry.state = state;
          const record = recordOf(state);
          const isOther = record?.id !== recordOf(before)?.id;
          if (record?.label) entry.label = { step: 'saved', label: record.label };
          else if (isOther || state.kind !== 'video') entry.label = { step: 'none' };
          if (isOther) entry.heat = { step: 'none' };
          redraw(entry);
        },
        updateLabel(label) {
          entry.label = label;
          redraw(entry);
        },
        updateHeat: (heat) => setHeat(entry, heat),
        ask: () => {
          entry.asked = true;
          open(entry);
          announce(entry);
        },
        remove: () => remove(entry),
      };
    },
    setLook(nextTranslator, nextCorner) {
      if (translator === nextTranslator && corner === nextCorner) return;
      translator = nextTranslator;
      corner = nextCorner;
      for (const entry of entries) redraw(entry);
      loop.request();
    },
    isOurs: (node) => node === host.element,
    conceal(hidden, over) {
      if (!over || !hidden) {
        host.conceal(hidden);
        for (const part of concealed.splice(0)) part.style.opacity = '';
        return;
      }
      const parts = [...entries].map(({ badge }) => badge as HTMLElement);
      if (opened) parts.push(opened.card, heatLayer.element, ...(opened.video?.parts ?? []));
      for (const part of parts) {
        const { width, height } = intersection(part.getBoundingClientRect(), over);
        if (width <= 0 || height <= 0) continue;
        part.style.opacity = '0';
        concealed.push(part);
      }
    },
  };
}
