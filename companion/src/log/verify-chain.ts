import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ChainVerification,
  type ChainProblem as Problem,
  TouchstoneError,
  throwIfCancelled,
} from '@touchstone/shared';
import type { VerifyOptions } from '../store/record-store.ts';
import { CHAIN_BEGINNING, digestOf, hashColumn, hexOf, linkHash, sameBytes } from './hash-chain.ts';
import { columnsOfText } from './read-back.ts';
import { readDamages } from './read-damages.ts';
import { timeOfNumber } from './record-number.ts';

/** Links looked at between two turns of the event loop; about 5 ms of work. */
const LINKS_PER_TURN = 200;

/** Breaks that are named; whoever has more has a broken log either way. */
const MAX_BREAKS = 20;

/** How far from its place a link is looked for, to tell a changed order from a changed content. */
const REORDER_WINDOW = 100;

type Row = Readonly<Record<string, unknown>>;

const LINKS = `
  SELECT chain.link AS place, chain.number AS placed, digest, hash,
    records.link, held.number AS held, id, verdict, probability, kind, site, pack, sha256, perceptual_hash, url, page_url, title, file_name, body
  FROM chain LEFT JOIN records ON records.number = chain.number LEFT JOIN bodies ON bodies.number = chain.number
    LEFT JOIN held ON held.number = chain.number
  WHERE chain.link > ? ORDER BY chain.link LIMIT ${LINKS_PER_TURN}`;

const RECORDS = `
  SELECT shown.number, shown.id, shown.link, chain.number AS placed
  FROM (SELECT number, id, link FROM records WHERE number > ? ORDER BY number LIMIT ${LINKS_PER_TURN}) AS shown
  LEFT JOIN chain ON chain.link = shown.link ORDER BY shown.number`;

/** Whether a row is what its own record says, column by column; a changed column would change lists and filters. */
function problemOfRow(row: Row): Problem | undefined {
  const columns = columnsOfText(String(row.body));
  if (!columns) return 'unreadable';
  const same = Object.entries(columns).every(([name, value]) => row[name] === value) && row.link === row.place;
  return same ? undefined : 'edited';
}

/**
 * Follows the chain from its beginning, a few links a turn, so that everything else goes on meanwhile.
 * @throws TouchstoneError `cancelled`, or `shutting-down` when the database is closed meanwhile
 */
export async function verifyChain(
  database: DatabaseSync,
  { notedHead, signal }: VerifyOptions = {},
): Promise<ChainVerification> {
  const links = database.prepare(LINKS);
  const rows = database.prepare(RECORDS);
  const elsewhere = database.prepare('SELECT 1 FROM chain WHERE digest = ? AND link > 0 LIMIT 1');
  const near = database.prepare('SELECT hash FROM chain WHERE link BETWEEN ? AND ?');
  const beginning = database.prepare('SELECT number, hash FROM chain WHERE link = 0').get();

  const breaks: ChainVerification['breaks'] = [];
  const damages = readDamages(database);
  const counts = { records: 0, heldBack: 0, tombstones: 0, unchained: 0 };
  let broken = false;
  let noted = false;
  let place = 0;
  let hash: Uint8Array = CHAIN_BEGINNING;

  function report(id: string, problem: Problem): void {
    broken = true;
    if (breaks.length < MAX_BREAKS) breaks.push({ id, problem });
  }

  async function turn(): Promise<void> {
    await nextTurn();
    throwIfCancelled(signal);
    if (!database.isOpen) throw new TouchstoneError('shutting-down');
  }

  /** A link that does not follow from the one before it: out of its place, or one of the two was rewritten. */
  function problemOfOrder(row: Row): Problem {
    const at = Number(row.place);
    const digest = hashColumn(row.digest);
    const fits = near
      .all(at - REORDER_WINDOW, at + REORDER_WINDOW)
      .some((other) => sameBytes(linkHash(hashColumn(other.hash), digest), hashColumn(row.hash)));
    return fits ? 'reordered' : 'edited';
  }

  function problemOf(row: Row, afterGap: boolean): Problem | undefined {
    const digest = hashColumn(row.digest);
    const isNote = damages.isNote(Number(row.place));
    // What came before a gap is lost, so the link after it cannot be held to it; a note was written after the gap.
    const follows = (afterGap && !isNote) || sameBytes(linkHash(hash, digest), hashColumn(row.hash));
    if (isNote && !damages.isGenuine(Number(row.place))) return 'edited';
    if (row.placed === null) return follows ? undefined : problemOfOrder(row);
    if (row.id === null || row.body === null) return 'missing';
    const written = digestOf(String(row.body));
    if (!sameBytes(written, digest)) {
      return problemOfRow(row) === 'unreadable' ? 'unreadable' : elsewhere.get(written) ? 'reordered' : 'edited';
    }
    return follows ? problemOfRow(row) : problemOfOrder(row);
  }

  function follow(row: Row): void {
    const afterGap = Number(row.place) !== place + 1;
    for (let gone = place + 1; gone < Number(row.place) && breaks.length < MAX_BREAKS; gone += 1) {
      const lost = damages.lostLinks(gone, Number(row.place) - 1);
      if (lost === 0) report(`link ${gone}`, 'missing');
      else gone += lost - 1;
    }
    const problem = problemOf(row, afterGap);
    if (problem) report(nameOf(row), problem);
    if (row.placed === null) {
      if (!damages.isNote(Number(row.place)) && !damages.lostRecord(Number(row.place))) counts.tombstones += 1;
    } else if (row.held !== null) counts.heldBack += 1;
    else if (row.id !== null) counts.records += 1;
    place = Number(row.place);
    hash = hashColumn(row.hash);
    noted ||= notedHead !== undefined && hexOf(hash) === notedHead.toLowerCase();
  }

  if (!beginning || !sameBytes(hashColumn(beginning.hash), CHAIN_BEGINNING)) report('link 0', 'missing');
  for (let page = links.all(0); page.length > 0; page = links.all(place)) {
    for (const row of page) follow(row);
    await turn();
  }

  for (const link of damages.withoutLink()) report(`damage note ${link}`, 'missing');

  /** Records that no link leads to: from before the chain, or put in past it. */
  const lastUnchained = typeof beginning?.number === 'number' ? beginning.number : Number.NEGATIVE_INFINITY;
  for (let page = rows.all(Number.MIN_SAFE_INTEGER); page.length > 0; page = rows.all(Number(page.at(-1)?.number))) {
    for (const { number, id, link, placed } of page) {
      if (placed === number) continue;
      if (link === null && Number(number) <= lastUnchained) counts.unchained += 1;
      else report(String(id), 'edited');
    }
    await turn();
  }

  return {
    intact: !broken && damages.found().length === 0 && (notedHead === undefined || noted),
    ...counts,
    head: place > 0 ? hexOf(hash) : null,
    damages: damages.found(),
    breaks,
    ...(notedHead === undefined ? {} : { notedHeadFound: noted }),
  };
}

/** Names a record that may be gone: then by its link and the time that its number carries. */
function nameOf({ id, place, placed }: Row): string {
  if (typeof id === 'string') return id;
  if (typeof placed !== 'number') return `link ${place}`;
  return `link ${place}, checked ${new Date(timeOfNumber(placed)).toISOString()}`;
}
