import type { Label, Lane } from '@touchstone/shared';
import type { Anchor } from '../overlay/anchor.ts';
import type { CheckState } from '../overlay/check-state.ts';
import type { Entry, Overlay } from '../overlay/overlay.ts';
import type { CheckClient, CheckOutcome, PixelsAnswer } from './check-client.ts';

/** What one check is about: a picture of the page, or the page's visible part. */
export interface Subject {
  readonly key: object;
  readonly anchor: Anchor;
  /** The caption of a check that is not about one picture. */
  readonly caption?: string;
  address(): string | undefined;
  /** @param mayHide whether the overlay may vanish for a moment, so that a screenshot shows only the page */
  pixels(mayHide: boolean): Promise<PixelsAnswer>;
}

export interface RunOptions {
  readonly lane: Lane;
  readonly fresh?: boolean;
  readonly begun?: () => void;
  readonly done?: (outcome: CheckOutcome) => void;
}

interface Shown {
  readonly entry: Entry;
  cancel: (() => void) | undefined;
  /** A person asked about it, so it is no longer the automatic check's to change. */
  asked: boolean;
}

export interface PictureChecks {
  /** A person asked: the card opens at once. */
  ask(subject: Subject): void;
  /** Sends an automatic check. @returns cancels it */
  run(subject: Subject, options: RunOptions): () => void;
  /** Shows a quiet badge that waits, or a verdict known from elsewhere. */
  showBadge(subject: Subject, outcome: CheckOutcome | undefined): void;
  /** Takes an automatic badge away. */
  hideBadge(key: object): void;
}

/** Stages from which a check is being worked on, so that cancelling saves nothing. */
const BEGUN: ReadonlySet<string> = new Set(['decoding', 'judging']);

/**
 * Joins checks with what is shown of them.
 * @param keepsBadge whether a closed card leaves its badge behind
 */
export function createPictureChecks(
  client: CheckClient,
  overlay: () => Overlay,
  keepsBadge: () => boolean,
): PictureChecks {
  const shown = new Map<object, Shown>();

  const label = (entry: Entry, value: Label | null) => {
    if (entry.state.kind !== 'verdict') return;
    const { record } = entry.state;
    entry.updateLabel({ step: 'saving' });
    client.label(record.id, value, (error) => {
      if (error) entry.updateLabel({ step: 'failed', error });
      else entry.updateLabel(value === null ? { step: 'none' } : { step: 'saved', label: value });
    });
  };

  const explain = (entry: Entry, recordId: string) => {
    client.explain(recordId, (outcome) => {
      // The picture may have been checked anew meanwhile.
      if (entry.state.kind !== 'verdict' || entry.state.record.id !== recordId) return;
      entry.updateHeat(
        'error' in outcome
          ? { step: 'failed', error: outcome.error }
          : { step: 'known', explanation: outcome.explanation, shown: true },
      );
    });
  };

  const add = (subject: Subject, state: CheckState): Shown => {
    const entry: Entry = overlay().add({
      anchor: subject.anchor,
      keepsBadge,
      state,
      ...(subject.caption && { subject: subject.caption }),
      actions: {
        again: () => askAbout(subject, true),
        label: (value) => label(entry, value),
        // A screenshot of the page is no picture of the page: nothing is drawn over it.
        ...(subject.caption === undefined && { explain: ({ id }) => explain(entry, id) }),
        openHistory: () => {
          if (entry.state.kind === 'verdict') client.openHistory(entry.state.record.id);
        },
        dismissed: () => {
          shown.get(subject.key)?.cancel?.();
          shown.delete(subject.key);
        },
      },
    });
    const created: Shown = { entry, cancel: undefined, asked: false };
    shown.set(subject.key, created);
    return created;
  };

  const send = (subject: Subject, options: RunOptions, update: Entry['update'] | undefined): (() => void) => {
    const url = subject.address();
    return client.check(
      {
        lane: options.lane,
        credentials: options.lane === 'asked',
        ...(url !== undefined && { url }),
        ...(options.fresh && { fresh: true }),
      },
      {
        stage(stage) {
          if (BEGUN.has(stage)) options.begun?.();
          update?.({ kind: 'checking', stage });
        },
        done(outcome) {
          update?.(outcome);
          options.done?.(outcome);
        },
        needPixels: () => subject.pixels(options.lane === 'asked'),
      },
    );
  };

  const askAbout = (subject: Subject, fresh: boolean) => {
    const item = shown.get(subject.key) ?? add(subject, { kind: 'checking' });
    item.cancel?.();
    item.asked = true;
    item.entry.update({ kind: 'checking' });
    item.entry.ask();
    item.cancel = send(subject, { lane: 'asked', fresh, done: () => (item.cancel = undefined) }, (state) =>
      item.entry.update(state),
    );
  };

  return {
    ask: (subject) => askAbout(subject, false),
    run: (subject, options) => send(subject, options, undefined),
    showBadge(subject, outcome) {
      const state = outcome ?? { kind: 'checking' };
      const item = shown.get(subject.key);
      if (!item) add(subject, state);
      else if (!item.asked) item.entry.update(state);
    },
    hideBadge(key) {
      const item = shown.get(key);
      if (!item || item.asked) return;
      item.entry.remove();
      shown.delete(key);
    },
  };
}
