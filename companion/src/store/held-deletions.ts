import type { HistoryFilter } from '@touchstone/shared';

/** What a person wants to be rid of. */
export type ToDelete = { readonly ids: readonly string[] } | { readonly filter: HistoryFilter };

/** A deletion that can still be taken back. */
export interface HeldDeletion {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
}

export interface WaitingDeletion extends HeldDeletion {
  /** Records that it holds back. */
  readonly count: number;
}

export interface HoldOutcome {
  /** How many records nobody sees any more. */
  readonly deleted: number;
  /** Absent where nothing is left to be taken back. */
  readonly held?: HeldDeletion | undefined;
}

/** Deletions that wait, durably, so that a person can take them back. Their records are found by nothing that is asked of the history. */
export interface HeldDeletions {
  /** Holds records back until the deletion is due. The whole history is never held back: it goes at once. */
  holdBack(what: ToDelete, dueAt: number): Promise<HoldOutcome>;
  /** Takes a deletion back. @returns how many records are there again; 0: it was carried out, or never was */
  restore(id: string): Promise<number>;
  /** Whether a record is held back: it is not there, and not gone either. */
  mayComeBack(id: string): Promise<boolean>;
  /** Deletions that wait, oldest first. */
  heldBack(): Promise<readonly WaitingDeletion[]>;
  /** Carries a deletion out. @returns how many records went, with everything that only they needed */
  carryOut(id: string): Promise<number>;
}
