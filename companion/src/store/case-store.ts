import type { Case, CaseChange, HistoryFilter, NewCase } from '@touchstone/shared';

/** What is put into a case: records by their ids, or of every content that matches its newest record. */
export type CaseRecords = { readonly ids: readonly string[] } | { readonly filter: HistoryFilter };

/** What is taken out of a case: records by their ids, or all that match, of which only what is of the same content as one of `sameAs`. */
export type CaseTaking =
  | { readonly ids: readonly string[] }
  | { readonly filter: HistoryFilter; readonly sameAs?: readonly string[] | undefined };

export interface RecordNotes {
  /** Empty: none any more. */
  readonly note?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/**
 * Cases, named folders of records, and what a person wrote beside records. A record can be in several cases: one picture can belong
 * to two stories, and a copy of it for each would have to be judged, labelled and deleted twice. Nothing of this is part of the
 * hashed text. What belongs to a record goes with it, however it is deleted; a case stays without it.
 */
export interface CaseStore {
  /** Those changed last come first. */
  list(): Promise<readonly Case[]>;
  get(id: string): Promise<Case | undefined>;
  /** @throws TouchstoneError `case-full` where there are too many */
  create(given: NewCase): Promise<Case>;
  /** @returns undefined where there is no such case */
  change(id: string, change: CaseChange): Promise<Case | undefined>;
  /** Its records stay. @returns whether there was such a case */
  delete(id: string): Promise<boolean>;
  /**
   * Ids that name no record count for nothing.
   * @returns undefined where there is no such case @throws TouchstoneError `case-full`; then nothing was put in
   */
  add(id: string, records: CaseRecords): Promise<{ readonly added: number; readonly case: Case } | undefined>;
  /** What is not in it counts for nothing. @returns undefined where there is no such case */
  take(id: string, records: CaseTaking): Promise<{ readonly taken: number; readonly case: Case } | undefined>;
  /** @returns whether there is such a record */
  annotate(recordId: string, notes: RecordNotes): Promise<boolean>;
}
