import type { Label, Lane } from '@touchstone/shared';
import type { CardKey } from '@touchstone/shared/words';
import { BEGUN_STAGES } from '../messaging/begun-stages.ts';
import type { CheckState } from '../overlay/check-state.ts';
import type { Entry, Overlay } from '../overlay/entry.ts';
import type { Anchor } from '../overlay/place/anchor.ts';
import type { CheckClient, CheckOutcome, PixelsAnswer } from './check-client.ts';
import type { PictureEnd, PictureHold, WatchedPicture } from './picture-watch.ts';

/** What one check is about: a picture of the page, or the page's visible part. */
export interface Subject {
  readonly key: object;
  readonly anchor: Anchor;
  /** The caption of a check that is not about one picture. */
  readonly caption?: CardKey;
  address(): string | undefined;
  /** Watches what is shown now, until that is another picture. Absent where the check is about no one picture. */
  hold?(watched: WatchedPicture): PictureHold;
  /** @param mayHide whether the overlay may vanish for a moment, so that a screenshot shows only the page */
  pixels(mayHide: boolean): Promise<PixelsAnswer>;
}

export interface RunOptions {
  readonly lane: Lane;
  /** One of several that were asked about at once. */
  readonly listed?: boolean;
  readonly fresh?: boolean;
  readonly begun?: () => void;
  readonly done?: (outcome: CheckOutcome) => void;
}

interface Shown {
  readonly entry: Entry;
  cancel: (() => void) | undefined;
  /** A person asked about it, so it is no longer the automatic check's to change. */
  asked: boolean;
  /** A list that a person asked for shows it: as long, its badge stays. */
  listed?: boolean;
  /** The picture that the check and its answer are about. */
  hold: PictureHold | undefined;
  /** What a person asked about. */
  subject?: Subject;
  /** For the automatic check, whose badge it was. */
  ended?: (why: PictureEnd) => void;
}

export interface PictureChecks {
  /** A person asked: the card opens at once. */
  ask(subject: Subject): void;
  /**
   * A person asked about this and other pictures at once: a badge, and no card. Nothing hides the overlay for a
   * screenshot, and no cookies go along.
   * @param changed hears how its check stands
   * @returns ends it where it still runs, and takes the badge away where no card was opened
   */
  list(subject: Subject, changed: (state: CheckState) => void): () => void;
  /** Sends an automatic check. @returns cancels it */
  run(subject: Subject, options: RunOptions): () => void;
  /**
   * Shows a quiet badge that waits, or a verdict known from elsewhere.
   * @param ended called when it is taken away because the picture is another one
   */
  showBadge(subject: Subject, outcome: CheckOutcome | undefined, ended: (why: PictureEnd) => void): void;
  /** What its badge or card says; undefined where it has none. */
  stateOf(subject: Pick<Subject, 'key'>): CheckState | undefined;
  /** Takes an automatic badge away. */
  hideBadge(key: object): void;
  /** The connection is another one: what was asked for and failed because the browser was not paired is asked again. */
  retryUnpaired(): void;
}

/**
 * Joins checks with what is shown of them. Card, badge and late answers end with the picture they are about.
 * @param keepsBadge whether a closed card leaves its badge behind
 */
export function createPictureChecks(
  client: CheckClient,
  overlay: Pick<Overlay, 'add'>,
  keepsBadge: () => boolean,
): PictureChecks {
  const shown = new Map<object, Shown>();

  const label = (entry: Entry, value: Label | null) => {
    if (entry.state.kind !== 'verdict') return;
    const { record } = entry.state;
    entry.updateLabel({ status: 'saving' });
    client.label(record.id, value, (error) => {
      if (error) entry.updateLabel({ status: 'failed', error });
      else entry.updateLabel(value === null ? { status: 'none' } : { status: 'saved', label: value });
    });
  };

  const explain = (entry: Entry, recordId: string) => {
    client.explain(recordId, (outcome) => {
      // The picture may have been checked anew meanwhile.
      if (entry.state.kind !== 'verdict' || entry.state.record.id !== recordId) return;
      entry.updateHeat(
        'error' in outcome
          ? { status: 'failed', error: outcome.error }
          : { status: 'known', explanation: outcome.explanation, shown: true },
      );
    });
  };

  const drop = (subject: Subject, item: Shown) => {
    item.cancel?.();
    item.hold?.release();
    if (shown.get(subject.key) === item) shown.delete(subject.key);
  };
  /** Binds an item to the picture that is shown at this moment. */
  const bind = (subject: Subject, item: Shown) => {
    item.hold?.release();
    const end = (why: PictureEnd) => {
      drop(subject, item);
      item.entry.remove();
      item.ended?.(why);
    };
    // Another address is another picture, which ends the watch.
    const isAddressed = subject.address() !== undefined;
    item.hold = subject.hold?.({
      ended: end,
      isShown: () => subject.anchor.box() !== undefined && !(item.entry.isOpen && subject.anchor.underPicture()),
      shown(isShown) {
        if (isShown || !item.asked) item.entry.place();
        // Slid away, folded in or faded out: what takes its place is not what was asked about.
        else end('removed');
      },
      closely: () => item.entry.isOpen || !isAddressed,
    });
  };

  const add = (subject: Subject, state: CheckState): Shown => {
    const entry: Entry = overlay.add({
      anchor: subject.anchor,
      address: () => subject.address(),
      keepsBadge,
      state,
      ...(subject.caption && { subject: subject.caption }),
      actions: {
        again: () => askAbout(subject, true),
        label: (value) => label(entry, value),
        // A screenshot of the page is no picture of the page: nothing is drawn over it.
        ...(subject.caption === undefined && { explain: ({ id }) => explain(entry, id) }),
        pair: () => client.openPairing(),
        searchImage: () => {
          if (entry.state.kind === 'verdict') client.searchImage(entry.state.record.id);
        },
        sharePicture: (card, drawn) => client.sharePicture(card, drawn),
        openHistory: () => {
          if (entry.state.kind === 'verdict') client.openHistory(entry.state.record.id);
        },
        dismissed: () => drop(subject, created),
      },
    });
    const created: Shown = { entry, cancel: undefined, asked: false, hold: undefined };
    shown.set(subject.key, created);
    return created;
  };

  const send = (subject: Subject, options: RunOptions, update: Entry['update'] | undefined): (() => void) => {
    const url = subject.address();
    return client.check(
      {
        lane: options.lane,
        credentials: options.lane === 'asked' && !options.listed,
        ...(url !== undefined && { url }),
        ...(options.fresh && { fresh: true }),
      },
      {
        stage(stage) {
          if (BEGUN_STAGES.has(stage)) options.begun?.();
          update?.({ kind: 'checking', stage });
        },
        done(outcome) {
          update?.(outcome);
          options.done?.(outcome);
        },
        async needPixels() {
          // Pixels are read from what is there now: under this address they must be this picture's.
          if (subject.address() !== url) return {};
          const answer = await subject.pixels(options.lane === 'asked' && !options.listed);
          return subject.address() === url ? answer : {};
        },
      },
    );
  };

  const askAbout = (subject: Subject, fresh: boolean) => {
    const item = shown.get(subject.key) ?? add(subject, { kind: 'checking' });
    item.subject = subject;
    item.cancel?.();
    item.asked = true;
    item.entry.update({ kind: 'checking' });
    item.entry.ask();
    bind(subject, item);
    item.cancel = send(subject, { lane: 'asked', fresh, done: () => (item.cancel = undefined) }, (state) => {
      // The frame that would tell may be still to come.
      if (item.hold?.look() ?? true) item.entry.update(state);
    });
  };

  const list = (subject: Subject, changed: (state: CheckState) => void) => {
    const known = shown.get(subject.key);
    const item = known ?? add(subject, { kind: 'checking' });
    if (!known) bind(subject, item);
    item.listed = true;
    const cancel = send(subject, { lane: 'asked', listed: true }, (state) => {
      if (!(item.hold?.look() ?? true)) return;
      changed(state);
      if (shown.get(subject.key) === item && !item.asked) item.entry.update(state);
    });
    return () => {
      cancel();
      item.listed = false;
      if (known || item.asked || shown.get(subject.key) !== item) return;
      item.entry.remove();
      drop(subject, item);
    };
  };

  return {
    ask: (subject) => askAbout(subject, false),
    list,
    retryUnpaired() {
      for (const { entry, asked, subject } of [...shown.values()]) {
        const failed = entry.state.kind === 'error' && entry.state.error.code === 'not-paired';
        if (failed && asked && subject) askAbout(subject, false);
      }
    },
    run: (subject, options) => send(subject, options, undefined),
    showBadge(subject, outcome, ended) {
      const state = outcome ?? { kind: 'checking' };
      const item = shown.get(subject.key);
      if (!item) {
        const created = add(subject, state);
        created.ended = ended;
        bind(subject, created);
      } else if (!item.asked && (item.hold?.look() ?? true)) item.entry.update(state);
    },
    stateOf: ({ key }) => shown.get(key)?.entry.state,
    hideBadge(key) {
      const item = shown.get(key);
      if (!item || item.asked || item.listed) return;
      item.entry.remove();
      item.hold?.release();
      shown.delete(key);
    },
  };
}
