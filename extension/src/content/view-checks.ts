import { areTwins } from '../overlay/badge/twins.ts';
import type { CheckState } from '../overlay/check-state.ts';
import type { Entry, Overlay } from '../overlay/entry.ts';
import { viewportAnchor } from '../overlay/place/anchor.ts';
import { type Box, isTouching } from '../overlay/place/geometry.ts';
import type { PagePictures } from './page-pictures.ts';
import type { PictureChecks, Subject } from './picture-checks.ts';

/** Smaller than this, in CSS pixels as displayed, are signs and faces of accounts rather than pictures. */
const LEAST_SIDE_PIXELS = 48;
/** Pictures listed at once; a page of thumbnails has more in view. */
const LISTED = 24;

export interface ViewChecksOptions {
  readonly pictures: Pick<PagePictures, 'scan' | 'address'>;
  readonly checks: Pick<PictureChecks, 'ask' | 'list'>;
  readonly overlay: Pick<Overlay, 'add' | 'isOurs'>;
  subjectOf(element: Element): Subject;
  /** A part of the screen, as a subject of its own. @param box in CSS pixels of the viewport */
  rectangle(box: Box): Subject;
}

export interface ViewChecks {
  /** Checks each picture in view, and lists them. */
  ask(): void;
  /** A person meant a picture where none was found: says so, and offers what can be done. */
  missed(): void;
}

interface Row {
  readonly subject: Subject;
  state: CheckState;
}

/** What a person asks about what is in view, where no single picture is meant. */
export function createViewChecks(options: ViewChecksOptions): ViewChecks {
  const { pictures, checks, overlay } = options;
  let shown: { readonly entry: Entry; leave(): void } | undefined;

  const isPicture = (element: Element) =>
    pictures.address(element) !== undefined || element instanceof HTMLCanvasElement;

  const inView = (): Subject[] => {
    const viewport = { width: innerWidth, height: innerHeight };
    const found: { subject: Subject; address: string | undefined; box: Box }[] = [];
    for (const element of pictures.scan(document, () => undefined)) {
      if (found.length === LISTED) break;
      if (!isPicture(element) || overlay.isOurs(element) || element === document.body) continue;
      const subject = options.subjectOf(element);
      const box = subject.anchor.box();
      if (!box || !isTouching(box, viewport) || Math.min(box.width, box.height) < LEAST_SIDE_PIXELS) continue;
      const one = { subject, address: subject.address(), box };
      if (!found.some((other) => areTwins(one, other))) found.push(one);
    }
    return found.map(({ subject }) => subject);
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
      missed: false,
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
    missed: () => void show({ kind: 'pictures', missed: true, pictures: undefined }, [], () => undefined),
  };
}
