import type { CheckState, LabelState } from '../overlay/check-state.ts';
import type { Entry, EntryOptions, Look, Overlay } from '../overlay/entry.ts';
import type { HeatState } from '../overlay/heat/heat-state.ts';

/** An overlay that may be used before its script is there. */
export interface LateOverlay extends Overlay {
  /** The script is there. A second one of the same frame changes nothing. */
  arrived(create: (look: Look) => Overlay): void;
  /** Asks for the script again where it is awaited: the background that was asked is gone. */
  askAgain(): void;
}

/** What is known of an entry until it is drawn. */
interface Waiting {
  readonly options: EntryOptions;
  state: CheckState;
  label: LabelState | undefined;
  heat: HeatState | undefined;
  asked: boolean;
}

/**
 * Stands for the overlay of a frame: the code that draws is fetched with the first entry, and what is said of it until
 * then is drawn when the code is there.
 * @param fetch has the background put the overlay's script into this frame
 */
export function createLateOverlay(fetch: () => void): LateOverlay {
  let overlay: Overlay | undefined;
  let create: ((look: Look) => Overlay) | undefined;
  let look: Look | undefined;
  const waiting = new Map<Waiting, (entry: Entry) => void>();

  const draw = (item: Waiting, drawn: Overlay): Entry => {
    const entry = drawn.add({ ...item.options, state: item.state });
    if (item.label) entry.updateLabel(item.label);
    if (item.heat) entry.updateHeat(item.heat);
    if (item.asked) entry.ask();
    return entry;
  };
  const drawWaiting = () => {
    if (overlay || !create || !look || waiting.size === 0) return;
    overlay = create(look);
    for (const [item, drawn] of waiting) drawn(draw(item, overlay));
    waiting.clear();
  };

  const addLate = (options: EntryOptions): Entry => {
    const item: Waiting = { options, state: options.state, label: undefined, heat: undefined, asked: false };
    let drawn: Entry | undefined;
    waiting.set(item, (entry) => (drawn = entry));
    if (create) drawWaiting();
    else if (waiting.size === 1) fetch();
    return {
      get state() {
        return drawn?.state ?? item.state;
      },
      get isOpen() {
        return drawn?.isOpen ?? item.asked;
      },
      place: () => drawn?.place(),
      update(state) {
        if (drawn) drawn.update(state);
        else item.state = state;
      },
      updateLabel(label) {
        if (drawn) drawn.updateLabel(label);
        else item.label = label;
      },
      updateHeat(heat) {
        if (drawn) drawn.updateHeat(heat);
        else item.heat = heat;
      },
      ask() {
        // One card is open at a time: that of the last question.
        for (const other of waiting.keys()) other.asked = false;
        if (drawn) drawn.ask();
        else item.asked = true;
      },
      remove() {
        if (drawn) drawn.remove();
        else waiting.delete(item);
      },
    };
  };

  return {
    add: (options) => overlay?.add(options) ?? addLate(options),
    setLook(next) {
      look = next;
      overlay?.setLook(next);
      drawWaiting();
    },
    isOurs: (node) => overlay?.isOurs(node) ?? false,
    stirred: () => overlay?.stirred(),
    conceal: (hidden, over) => overlay?.conceal(hidden, over),
    arrived(made) {
      create ??= made;
      drawWaiting();
    },
    askAgain() {
      if (!create && waiting.size > 0) fetch();
    },
  };
}
