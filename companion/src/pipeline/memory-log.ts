import { packLabel, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { hashDistance } from '../fingerprint/perceptual-hash.ts';
import type { History, KeptMedia } from '../store/record-store.ts';

/** What tests of the pipeline need of a log, in memory. */
export function memoryLog({ full = false } = {}): { log: History; kept: Map<string, KeptMedia> } {
  const records: ResultRecord[] = [];
  const kept = new Map<string, KeptMedia>();
  const unused = (): never => {
    throw new Error('not part of this log');
  };
  const newestFirst = (): ResultRecord[] => records.toReversed();
  const log: History = {
    async append(record, media) {
      if (full) throw new TouchstoneError('log-failed', 'disk full');
      records.push(record);
      kept.set(record.id, media);
      return record;
    },
    get: async (id) => records.find((record) => record.id === id),
    findExact: async (sha256, pack, kind) =>
      newestFirst().find(
        (record) => record.picture.sha256 === sha256 && packLabel(record.pack) === pack && record.source.kind === kind,
      ),
    findNear: async (hash, maxDistance, exceptSha256) =>
      newestFirst()
        .map((record) => ({ record, distance: hashDistance(record.picture.perceptualHash, hash) }))
        .filter(({ record, distance }) => distance <= maxDistance && record.picture.sha256 !== exceptSha256)
        .sort((a, b) => a.distance - b.distance),
    count: () => records.length,
    thumbnail: async (id) => kept.get(id)?.thumbnail,
    original: async () => undefined,
    peak: async (id, place) => kept.get(id)?.peaks?.[place],
    query: unused,
    sorted: unused,
    facets: unused,
    tally: unused,
    tallyLabels: unused,
    iterate: unused,
    setLabel: unused,
    labelContent: unused,
    deleteIds: unused,
    deleteFilter: unused,
    prune: unused,
    pruneOldest: unused,
    holdBack: unused,
    restore: unused,
    mayComeBack: unused,
    heldBack: unused,
    carryOut: unused,
    bytes: unused,
    chainLink: unused,
    verify: unused,
    checkPages: unused,
    newest: unused,
    subscribe: unused,
    close: async () => undefined,
  };
  return { log, kept };
}
