import type { DatabaseSync } from 'node:sqlite';
import type { ChainVerification } from '@touchstone/shared';
import { damageNoteOf } from './damage-note.ts';
import { digestOf, hashColumn, sameBytes } from './hash-chain.ts';

/** The notes of damage in a log, held against its chain: what they say counts only where a link of the chain vouches for it. */
export interface Damages {
  isNote(link: number): boolean;
  /** Whether the note that belongs to a link is the text that the link was made for. */
  isGenuine(link: number): boolean;
  /** How many places from `first` on, up to `last`, a note says to have lost their links; they are counted then. */
  lostLinks(first: number, last: number): number;
  /** Whether a note says that the record of this link was lost; it is counted then. */
  lostRecord(link: number): boolean;
  /** Notes for which there is no link. */
  withoutLink(): number[];
  /** What was found until now, oldest first. */
  found(): ChainVerification['damages'];
}

/** Reads all notes; there are as many as there were damages, so few. */
export function readDamages(database: DatabaseSync): Damages {
  const linkOf = database.prepare('SELECT number, digest FROM chain WHERE link = ?');
  const notes = database
    .prepare('SELECT link, body FROM damages ORDER BY link')
    .all()
    .map(({ link, body }) => {
      const row = linkOf.get(Number(link));
      const text = String(body);
      const genuine = row?.number === null && sameBytes(digestOf(text), hashColumn(row.digest));
      return { link: Number(link), linked: row !== undefined, note: genuine ? damageNoteOf(text) : undefined, lost: 0 };
    });
  /** Counts the places from `first` to at most `last` that one run of a note explains. A note speaks of what was before it. */
  const count = (first: number, last: number, runs: 'withoutLink' | 'withoutRecord'): number => {
    for (const told of notes) {
      const run = told.note?.[runs].find(([from, to]) => first >= from && first <= to);
      if (!run || first >= told.link) continue;
      const lost = Math.min(run[1], last) - first + 1;
      told.lost += lost;
      return lost;
    }
    return 0;
  };
  return {
    isNote: (link) => notes.some((one) => one.link === link),
    isGenuine: (link) => notes.some((one) => one.link === link && one.note !== undefined),
    lostLinks: (first, last) => count(first, last, 'withoutLink'),
    lostRecord: (link) => count(link, link, 'withoutRecord') > 0,
    withoutLink: () => notes.filter(({ linked }) => !linked).map(({ link }) => link),
    found: () =>
      notes.flatMap(({ note, lost }) => {
        if (!note) return [];
        const { at, altered, chainedAnew, counted } = note;
        return [{ at, lost: counted ? Math.max(0, lost - chainedAnew) : null, altered, chainedAnew }];
      }),
  };
}
