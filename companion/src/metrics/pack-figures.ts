import { type CompanionStatus, packLabel } from '@touchstone/shared';
import type { PackInUse } from '@touchstone/shared/api';
import type { LabelTally } from '../store/record-store.ts';
import type { BandCounts, RecentScores } from './recent-scores.ts';
import { scoreDrift } from './score-drift.ts';

/** Pictures below which four shares are mostly chance. */
const SCORES_NEEDED = 100;

/** Name of a series for packs that are not installed any more. */
export const OTHER_PACKS = 'other';

type Packs = CompanionStatus['packs'];

const total = (counts: BandCounts | undefined): number =>
  Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);

/** Names of series are those of installed packs, and one for all others: a history knows any number of packs. */
export function installedLabel(pack: string, packs: Packs): string {
  return packs.some((one) => packLabel(one) === pack) ? pack : OTHER_PACKS;
}

/** Accuracy in use of every installed pack: against what people say, and against what its card says. */
export function packFigures(packs: Packs, tallies: readonly LabelTally[], scores: RecentScores): readonly PackInUse[] {
  return packs.map(({ name, version, tier, bands }) => {
    const pack = packLabel({ name, version });
    const own = tallies.filter((tally) => tally.pack === pack);
    const count = (fits: (tally: LabelTally) => boolean): number =>
      own.filter(fits).reduce((sum, tally) => sum + tally.count, 0);
    const counts = scores.counts(pack);
    const scored = total(counts);
    return {
      name,
      version,
      tier,
      agreed: count(({ label, verdict }) => verdict === label),
      disagreed: count(({ label, verdict }) => verdict !== 'uncertain' && verdict !== label),
      undecided: count(({ verdict }) => verdict === 'uncertain'),
      scored,
      drift: bands && counts && scored >= SCORES_NEEDED ? scoreDrift(counts, bands) : null,
    };
  });
}
