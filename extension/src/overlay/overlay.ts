import tokens from '@touchstone/shared/tokens.css?raw';
import { translatorOf } from '../i18n/translator.ts';
import { badgeName, createBadge } from './badge/badge.ts';
import { createBadgeLayer } from './badge/badge-layer.ts';
import { titleOf } from './card/card.ts';
import { createCardActions } from './card/card-actions.ts';
import { createCardStage } from './card/card-stage.ts';
import evidenceStyles from './card/evidence.css?inline';
import { SHARE_WORDS } from './card/share-section.ts';
import { type CardAction, type CheckState, type LabelState, recordOf, type ShareState } from './check-state.ts';
import { createAnnouncer } from './draw/announcer.ts';
import type { Entry, EntryOptions, HeldEntry, Look, Overlay } from './entry.ts';
import type { HeatState } from './heat/heat-state.ts';
import { createConcealment } from './host/concealment.ts';
import { createOverlayHost } from './host/host.ts';
import type { InputGate } from './host/input-gate.ts';
import styles from './overlay.css?raw';
import pickStyles from './pick/pick.css?inline';
import { createRectanglePicker } from './pick/rectangle-picker.ts';
import { createLayoutLoop, type LayoutCause } from './place/layout-loop.ts';
import { measureSizes } from './place/measured-sizes.ts';
import videoStyles from './video/video.css?inline';
import { sameState } from './video/video-state.ts';

/** Makes a document's overlay. */
export type CreateOverlay = (look: Look, gate: InputGate, signal: AbortSignal) => Overlay;

/**
 * The document's one overlay: badges on pictures and at most one open card, in a closed shadow root in the top layer.
 * Lives until the signal aborts.
 */
export const createOverlay: CreateOverlay = (look, gate, signal) => {
  let { words, corner, imageSearch } = look;
  let translator = translatorOf(words);
  const host = createOverlayHost(`${tokens}\n${styles}\n${videoStyles}\n${evidenceStyles}\n${pickStyles}`, signal);
  const announcer = createAnnouncer();
  const entries = new Set<HeldEntry>();
  const ofBadge = new WeakMap<Element, HeldEntry>();
  /** Entries to be drawn anew with the next frame. */
  const changed = new Set<HeldEntry>();

  const layout = (cause: LayoutCause): boolean => {
    host.ensure();
    const viewport = { width: document.documentElement.clientWidth || innerWidth, height: innerHeight };
    // All reads first, then all writes: one reflow at most.
    const drawBadges = badges.measure(viewport, cause, cards.entry);
    const moveCard = cards.measure(viewport);
    const isUnfinished = drawBadges({ corner, translator });
    moveCard(translator);
    return isUnfinished;
  };
  const layoutNow = () => {
    if (layout('changed')) loop.request();
  };
  const draw = () => {
    const drawn = [...changed];
    changed.clear();
    badges.sweep();
    // Measured before anything is written, and then drawn with what is.
    if (!drawn.every((entry) => badges.draw(entry, translator))) {
      layoutNow();
      // A layout draws what is in view: what was answered meanwhile and is not would wait for ever.
      for (const entry of drawn) badges.draw(entry, translator);
    }
    for (const entry of drawn) {
      announce(entry);
      if (cards.entry !== entry) continue;
      cards.draw(translator);
      // The faces of the moment that plays have their places, too.
      loop.request();
    }
  };
  const loop = createLayoutLoop({ layout, draw, moved: () => badges.ground.scrolled() }, signal);
  // At once, between the browser's layout and its painting: in the next frame would be one too late, and a badge that
  // gained its words would be painted once beyond its picture.
  const sizes = measureSizes(layoutNow, signal);
  const badges = createBadgeLayer(entries, sizes);
  host.stage.append(announcer.element, badges.element);
  const cards = createCardStage(
    host,
    badges.element,
    sizes,
    () => imageSearch,
    () => loop.request(),
  );
  let placing = false;
  /** Several tell of it at once: the page is measured once for all of them, before anything else runs. */
  const placeSoon = () => {
    if (placing) return;
    placing = true;
    queueMicrotask(() => {
      placing = false;
      if (!signal.aborted) layoutNow();
    });
  };

  const redraw = (entry: HeldEntry) => {
    changed.add(entry);
    loop.redraw();
  };
  const announce = ({ asked, state }: HeldEntry) => {
    if (asked) announcer.say(state.kind === 'verdict' ? badgeName(state, translator) : titleOf(state, translator));
  };
  const drawOpenCard = () => {
    cards.draw(translator);
    layoutNow();
  };

  const remove = (entry: HeldEntry) => {
    if (cards.entry === entry) collapse(false);
    badges.remove(entry);
    entries.delete(entry);
    changed.delete(entry);
    loop.redraw();
    loop.keep(entries.size > 0);
  };
  /** Takes the card away, leaving its badge. */
  const collapse = (returnFocus: boolean) => {
    if (!cards.entry) return;
    announcer.say('');
    const giveBack = cards.close(translator);
    // Its badge has to be shown before it can have the focus.
    layoutNow();
    if (returnFocus) giveBack();
  };
  const open = (entry: HeldEntry) => {
    if (cards.entry !== entry) {
      collapse(false);
      cards.open(entry, translator);
      layoutNow();
    }
    cards.focus();
  };
  const close = () => {
    const { entry } = cards;
    if (!entry) return;
    collapse(true);
    if (entry.keepsBadge()) return;
    remove(entry);
    entry.actions.dismissed();
  };

  const setHeat = (entry: HeldEntry, heat: HeatState) => {
    entry.heat = heat;
    if (cards.entry !== entry) return;
    drawOpenCard();
    // The card may have become lower, to leave the colours free.
    if (heat.status !== 'none') cards.bringIntoView('.heat-section');
  };
  const setLabel = (entry: HeldEntry, label: LabelState) => {
    entry.label = label;
    drawOpenCard();
  };
  const setShare = (entry: HeldEntry, share: ShareState) => {
    entry.share = share;
    if (cards.entry !== entry) return;
    drawOpenCard();
    cards.bringIntoView('.share-section');
    const said = SHARE_WORDS[share];
    // A second copy is said anew.
    announcer.say(said ? translator.text(said) : '');
  };
  const setState = (entry: HeldEntry, state: CheckState) => {
    const before = entry.state;
    if (sameState(before, state)) return;
    entry.state = state;
    const record = recordOf(state);
    const isOther = record?.id !== recordOf(before)?.id;
    if (record?.label) entry.label = { status: 'saved', label: record.label };
    else if (isOther || state.kind !== 'video') entry.label = { status: 'none' };
    if (isOther) {
      entry.heat = { status: 'none' };
      entry.share = 'closed';
    }
    redraw(entry);
  };

  const picker = createRectanglePicker(host.stage);
  const perform = createCardActions({
    stage: cards,
    pick: (picked) => picker.start(translator, picked),
    close,
    setLabel,
    setHeat,
    setShare,
    translator: () => translator,
    copyText: gate.copyText,
  });
  gate.guard(host.element, host.root, {
    activate(control, clientX) {
      const entry = ofBadge.get(control);
      if (picker.contains(control)) picker.perform(control.getAttribute('data-action') as CardAction);
      else if (entry) open(entry);
      else if (cards.entry && cards.contains(control))
        perform(cards.entry, control.getAttribute('data-action') as CardAction, control, clientX);
    },
    key: (control, name, shift) =>
      picker.contains(control) ? picker.key(name, shift) : !shift && cards.key(control, name),
    grab: (control, x, y) =>
      picker.contains(control)
        ? control.closest('.pick-bar')
          ? undefined
          : picker.grab(x, y)
        : cards.grab(control, x, y),
    escape() {
      if (picker.isOpen) {
        picker.cancel();
        return true;
      }
      if (!cards.entry) return false;
      close();
      return true;
    },
  });

  const add = (options: EntryOptions): HeldEntry => {
    const entry: HeldEntry = {
      ...options,
      label: { status: 'none' },
      share: 'closed',
      heat: { status: 'none' },
      asked: false,
      badge: createBadge(),
      place: 'unknown',
      lastBox: undefined,
    };
    entries.add(entry);
    ofBadge.set(entry.badge, entry);
    loop.keep(true);
    redraw(entry);
    loop.request();
    return entry;
  };
  const entryOf = (held: HeldEntry): Entry => ({
    get state() {
      return held.state;
    },
    get isOpen() {
      return cards.entry === held;
    },
    place: placeSoon,
    update: (state) => setState(held, state),
    updateLabel(label) {
      held.label = label;
      redraw(held);
    },
    updateHeat: (heat) => setHeat(held, heat),
    ask() {
      held.asked = true;
      open(held);
      announce(held);
    },
    remove: () => remove(held),
  });

  return {
    add: (options) => entryOf(add(options)),
    setLook(next) {
      if (words === next.words && corner === next.corner && imageSearch === next.imageSearch) return;
      if (words !== next.words) translator = translatorOf(next.words);
      ({ words, corner, imageSearch } = next);
      for (const entry of entries) {
        entry.place = 'unknown';
        redraw(entry);
      }
      loop.request();
    },
    isOurs: (node) => node === host.element,
    stirred: () => badges.ground.stirred(),
    conceal: createConcealment(host, () => [...[...entries].map(({ badge }) => badge), ...cards.parts]),
  };
};
