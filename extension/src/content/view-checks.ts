import type { CheckState } from '../overlay/check-state.ts';
import type { Entry, Overlay } from '../overlay/entry.ts';
import type { Missed } from '../overlay/pick/pictures-state.ts';
import { viewportAnchor } from '../overlay/place/anchor.ts';
import type { Box } from '../overlay/place/geometry.ts';
import { type FindOptions, findPictures } from './found-pictures.ts';
import type { PictureChecks, Subject } from './picture-checks.ts';

/** Pictures listed at once; a page of thumbnails has more in view. */
const LISTED = 24;

export interface ViewChecksOptions extends FindOptions {
  readonly checks: Pick<PictureChecks, 'ask' | 'list'>;
  readonly overlay: Pick<Overlay, 'add' | 'isOurs'>;
  /** A part of the screen, as a subject of its own. @param box in CSS pixels of the viewport */
  rectangle(box: Box): Subject;
}

export interface ViewChecks {
  /** Checks each picture in view, and lists them. */
  ask(): void;
  /** A person meant a picture, and none was found: says so, and offers what can be done. */
  missed(why: Missed): void;
}

interface Row {
  readonly subject: Subject;
  state: CheckState;
}

/** What a person asks about what is in view, where no single picture is meant. */
export function createViewChecks(options: ViewChecksOptions): ViewChecks {
  const { checks, overlay } = options;
  let shown: { readonly entry: Entry; leave(): void } | undefined;

  const inView = (): Subject[] => {
    const found: Subject[] = [];
    for (const picture of findPictures(options)) {
      if (picture.inView) found.push(picture.subject);
      if (found.length === LISTED) break;
    }
    return found;
  };

  const show = (state: CheckState, rows: readonly Row[], leave: () => void): Entry => {
    shown?.leave();
    shown?.entry.remove();
    const entry = overlay.add({
      anchor: viewportAnchor(),
      keepsBadge: () => false,
      state,
      actions: {
        again: ask,
        label: () => undefined,
        openHistory: () => undefined,
        picture: (number) => {
          const row = rows[number];
          if (!row) return;
          row.subject.anchor.reveal?.();
          checks.ask(row.subject);
        },
        pictures: ask,
        rectangle: (box) => checks.ask(options.rectangle(box)),
        dismissed: () => {
          shown = undefined;
          leave();
        },
      },
    });
    shown = { entry, leave };
    entry.ask();
    return entry;
  };

  const ask = () => {
    const rows: Row[] = inView().map((subject) => ({ subject, state: { kind: 'checking' } }));
    const stateNow = (): CheckState => ({
      kind: 'pictures',
      pictures: rows.map(({ subject, state }) => ({ anchor: subject.anchor, state })),
    });
    const leaving: (() => void)[] = [];
    const entry = show(stateNow(), rows, () => {
      for (const leave of leaving) leave();
    });
    for (const row of rows)
      leaving.push(
        checks.list(row.subject, (state) => {
          row.state = state;
          entry.update(stateNow());
        }),
      );
  };

  return {
    ask,
    missed: (missed) => void show({ kind: 'pictures', missed, pictures: undefined }, [], () => undefined),
  };
}
