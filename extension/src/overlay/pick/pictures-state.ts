import type { CheckState } from '../check-state.ts';
import type { Anchor } from '../place/anchor.ts';

/** One picture of a list. */
export interface ListedPicture {
  readonly anchor: Pick<Anchor, 'paint'>;
  readonly state: CheckState;
}

/** Where a person meant a picture and none was found: at that place, or by the keyboard. */
export type Missed = 'here' | 'keyboard';

/** The pictures that are in view, as a card lists them. */
export interface PicturesState {
  readonly kind: 'pictures';
  readonly missed?: Missed;
  /** In the order of the page; undefined where nobody asked for them yet. */
  readonly pictures: readonly ListedPicture[] | undefined;
}
