import type { CheckState } from '../check-state.ts';
import type { Anchor } from '../place/anchor.ts';

/** One picture of a list. */
export interface ListedPicture {
  readonly anchor: Pick<Anchor, 'paint'>;
  readonly state: CheckState;
}

/** The pictures that are in view, as a card lists them. */
export interface PicturesState {
  readonly kind: 'pictures';
  /** A person meant a picture where none was found. */
  readonly missed: boolean;
  /** In the order of the page; undefined where nobody asked for them yet. */
  readonly pictures: readonly ListedPicture[] | undefined;
}
