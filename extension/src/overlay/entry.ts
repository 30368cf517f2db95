import type { ImageSearch, Label, ResultRecord } from '@touchstone/shared';
import type { CardKey, CardWords } from '@touchstone/shared/words';
import type { ShareCard } from '../share/share-picture.ts';
import type { BadgePlace } from './badge/badge-place.ts';
import type { CheckState, LabelState, ShareState } from './check-state.ts';
import type { HeatState } from './heat/heat-state.ts';
import type { Anchor } from './place/anchor.ts';
import type { BadgeCorner, Box } from './place/geometry.ts';
import type { TimelinePlayer } from './video/timeline-panel.ts';

/** Requests of a person about one check. */
export interface EntryActions {
  again(): void;
  label(label: Label | null): void;
  /** Opens the place where the browser is paired. */
  pair?(): void;
  /** Where else does the picture appear? Only for pictures. */
  searchImage?(): void;
  openHistory(): void;
  /** Has a card drawn that a person passes on. @param drawn gets a PNG; nothing where that failed */
  sharePicture?(card: ShareCard, drawn: (png?: Uint8Array<ArrayBuffer>) => void): void;
  /** Where in the picture does the score come from? Absent where nothing can be drawn over what was checked. */
  explain?(record: ResultRecord): void;
  /** Only for videos: no more frames are sampled. */
  stop?(): void;
  /** Only for a list: one of its pictures was chosen. */
  picture?(number: number): void;
  /** Only for a list: the pictures in view are to be checked. */
  pictures?(): void;
  /** Only for a list: a person chose a part of the screen, in CSS pixels of the viewport. */
  rectangle?(box: Box): void;
  /** The card was closed or the entry removed by the person. */
  dismissed(): void;
}

/** One check, as the rest of the extension knows what is shown of it. */
export interface Entry {
  readonly state: CheckState;
  /** Whether its card is open. */
  readonly isOpen: boolean;
  /** Measures the page before its next frame: what it belongs to came or went. */
  place(): void;
  update(state: CheckState): void;
  updateLabel(label: LabelState): void;
  updateHeat(heat: HeatState): void;
  /**
   * A person asked: opens the card, moves focus to it and announces the outcome to screen readers; another open card
   * collapses to its badge.
   */
  ask(): void;
  remove(): void;
}

export interface EntryOptions {
  readonly anchor: Anchor;
  /** Address of the picture in use, if it has one: elements that show the same picture in one place are one. */
  readonly address?: () => string | undefined;
  /** Asked when a card closes: false removes the entry, true leaves its badge. */
  readonly keepsBadge: () => boolean;
  readonly state: CheckState;
  readonly actions: EntryActions;
  /** What the check is about, where that is not one picture. */
  readonly subject?: CardKey;
  /** The player, where the check is about a video. */
  readonly video?: TimelinePlayer;
}

/** How everything of an overlay looks. */
export interface Look {
  readonly words: CardWords;
  readonly corner: BadgeCorner;
  readonly imageSearch: ImageSearch;
}

/** The document's one overlay. */
export interface Overlay {
  add(options: EntryOptions): Entry;
  setLook(look: Look): void;
  isOurs(node: Element): boolean;
  /** Something happened in the page: what its pictures are covered by is looked at again. */
  stirred(): void;
  /** Hides what lies over a part of the page, or everything, while a screenshot is taken. */
  conceal(hidden: boolean, over?: Box): void;
}

/** What the overlay itself knows of one check. */
export interface HeldEntry extends EntryOptions {
  state: CheckState;
  label: LabelState;
  share: ShareState;
  heat: HeatState;
  asked: boolean;
  /** In the document from the first time on that its picture is in view. */
  readonly badge: HTMLButtonElement;
  /** Where on the picture the badge stands; `none` where the picture is seen nowhere. */
  place: BadgePlace | 'unknown' | 'none';
  lastBox: Box | undefined;
}
