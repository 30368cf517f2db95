import { type BandKey, bandOf, type ResultRecord } from '@touchstone/shared';
import type { History } from '../store/record-store.ts';

/** Scores kept of a pack: enough to tell distributions apart, few enough to follow a change within days. */
const SCORES_KEPT = 2_000;

/** Records that are looked through for them when somebody asks first. */
const RECORDS_READ = 2_000;

export type BandCounts = Readonly<Record<BandKey, number>>;

export interface RecentScores {
  /** How many of a pack's last scores lie in each band; undefined for a pack that gave none. @param pack `name@version` */
  counts(pack: string): BandCounts | undefined;
  /** Reads the history, where that is due. */
  load(): Promise<void>;
}

interface Score {
  /** `name@version` */
  readonly pack: string;
  readonly band: BandKey;
}

/** The words of single packs on a picture: packs that answered together are not measured as one. */
function scoresOf({ evidence, source, seenBefore }: ResultRecord): Score[] {
  // A picture that comes again says nothing new about pictures.
  if (source.kind === 'video' || seenBefore?.exact) return [];
  return evidence.flatMap(({ kind, details }) => {
    const { pack, version, probability } = details;
    if (kind !== 'classifier' || typeof probability !== 'number') return [];
    if (typeof pack !== 'string' || typeof version !== 'string' || pack.includes(' + ')) return [];
    return [{ pack: `${pack}@${version}`, band: bandOf(probability) }];
  });
}

function listOf(lists: Map<string, BandKey[]>, pack: string): BandKey[] {
  const list = lists.get(pack) ?? [];
  lists.set(pack, list);
  return list;
}

/**
 * The last scores of every pack, of pictures alone. The history is read when somebody asks for the first time, and again after a
 * deletion: of what was deleted nothing is kept, not even a number.
 */
export function createRecentScores(log: Pick<History, 'iterate' | 'subscribe'>, signal: AbortSignal): RecentScores {
  /** Oldest first, by pack. */
  let scores = new Map<string, BandKey[]>();
  let loaded = false;
  let loading: Promise<void> | undefined;
  /** Grows with every deletion. */
  let generation = 0;

  log.subscribe((event) => {
    if (event.type === 'record' && loaded) {
      for (const { pack, band } of scoresOf(event.record)) {
        const own = listOf(scores, pack);
        own.push(band);
        if (own.length > SCORES_KEPT) own.shift();
      }
    }
    if (event.type === 'deleted' || event.type === 'restored') {
      scores = new Map();
      loaded = false;
      generation += 1;
    }
  }, signal);

  async function read(): Promise<void> {
    const before = generation;
    const newestFirst = new Map<string, BandKey[]>();
    let records = 0;
    for await (const record of log.iterate({})) {
      for (const { pack, band } of scoresOf(record)) listOf(newestFirst, pack).push(band);
      records += 1;
      if (signal.aborted || records === RECORDS_READ) break;
    }
    if (before !== generation) return;
    scores = new Map([...newestFirst].map(([pack, bands]) => [pack, bands.toReversed()]));
    loaded = true;
  }

  return {
    counts(pack) {
      const own = scores.get(pack);
      if (!own) return undefined;
      const counts = { unlikely: 0, 'rather-unlikely': 0, 'rather-likely': 0, likely: 0 };
      for (const band of own) counts[band] += 1;
      return counts;
    },
    async load() {
      if (loaded) return;
      loading ??= read().finally(() => {
        loading = undefined;
      });
      await loading;
    },
  };
}
