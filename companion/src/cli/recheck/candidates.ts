import { type HistoryFilter, type PackIdentity, packLabel, type ResultRecord } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { CompanionLink } from '../link/companion-link.ts';

const PAGE_SIZE = 200;

export interface Candidates {
  readonly records: readonly ResultRecord[];
  /** Matching records whose original was not kept. */
  readonly withoutOriginal: number;
  /** Matching records that this pack has judged already, at first or in an earlier re-check. */
  readonly alreadyJudged: number;
}

/**
 * Records that match and can be checked again, oldest first. Re-checks are never checked again themselves.
 * @param pack the pack they are to be judged by; undefined leaves the choice to the companion, which may choose any
 */
export async function findCandidates(
  link: CompanionLink,
  filter: HistoryFilter,
  pack: PackIdentity | undefined,
): Promise<Candidates> {
  const found: ResultRecord[] = [];
  const judged = new Set<string>();
  let withoutOriginal = 0;
  for (let before: string | undefined; ; ) {
    const body = { filter, limit: PAGE_SIZE, ...(before && { before }) };
    const page = await link.call(api.history.query, { body });
    for (const record of page.records) {
      const byPack = pack !== undefined && packLabel(record.pack) === packLabel(pack);
      if (byPack) judged.add(record.recheckOf ?? record.id);
      if (record.recheckOf !== undefined) continue;
      if (record.hasOriginal && record.source.kind !== 'video') found.push(record);
      else withoutOriginal += 1;
    }
    if (page.next === null) break;
    before = page.next;
  }
  const records = found.filter(({ id }) => !judged.has(id)).toReversed();
  return { records, withoutOriginal, alreadyJudged: found.length - records.length };
}
