import { setImmediate } from 'node:timers/promises';
import type { History } from '../store/record-store.ts';
import type { ResultLog } from './result-log.ts';

/** Records read between two looks at everything else that waits; about 5 ms of work. */
const RECORDS_PER_TURN = 200;

/**
 * The embedded log as everything above the store knows it. Each call does its work at once, before it returns its promise: what is
 * begun when the process ends is written.
 */
export function historyOf(log: ResultLog): History {
  return {
    append: async (record, media, job) => log.append(record, media, job),
    get: async (id) => log.get(id),
    findExact: async (sha256, pack, kind) => log.findExact(sha256, pack, kind),
    findNear: async (hash, maxDistance, exceptSha256) => log.findNear(hash, maxDistance, exceptSha256),
    query: async (request) => log.query(request),
    sorted: async (request) => log.sorted(request),
    facets: async () => log.facets(),
    tally: async (from, to) => log.tally(from, to),
    tallyLabels: async () => log.tallyLabels(),
    async *iterate(filter) {
      let count = 0;
      for (const record of log.iterate(filter)) {
        yield record;
        count += 1;
        if (count % RECORDS_PER_TURN === 0) await setImmediate();
      }
    },
    setLabel: async (id, label) => log.setLabel(id, label),
    labelContent: async (sha256, label) => log.labelContent(sha256, label),
    deleteIds: (ids) => log.deleteIds(ids),
    deleteFilter: (filter) => log.deleteFilter(filter),
    prune: (olderThan) => log.prune(olderThan),
    pruneOldest: (count) => log.pruneOldest(count),
    holdBack: (what, dueAt) => log.holdBack(what, dueAt),
    restore: async (id) => log.restore(id),
    mayComeBack: async (id) => log.mayComeBack(id),
    heldBack: async () => log.heldBack(),
    carryOut: (id) => log.carryOut(id),
    bytes: () => log.bytes(),
    thumbnail: async (id) => log.thumbnail(id),
    original: (id) => log.original(id),
    peak: async (id, place) => log.peak(id, place),
    chainLink: async (id) => log.chainLink(id),
    verify: (options) => log.verify(options),
    checkPages: (signal) => log.checkPages(signal),
    newest: async () => log.newest(),
    count: () => log.count(),
    subscribe: (listener, signal) => log.subscribe(listener, signal),
    close: async () => log.close(),
  };
}
