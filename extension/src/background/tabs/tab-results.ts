import { FiniteNumber } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { type TabResult, TabResults } from '../../messaging/requests.ts';

/** Answers kept for one tab. */
const KEPT = 50;

const Stored = v.object({
  ...TabResults.entries,
  document: v.string(),
  /** How many of those that are no longer kept were "Likely AI". */
  flaggedMore: v.optional(FiniteNumber, 0),
});
type Stored = v.InferOutput<typeof Stored>;

/**
 * What was answered on each tab's page, for the popup: the place where no page can touch a verdict. In
 * `storage.session`, so that it survives the background's sleep and never touches the disk.
 */
export interface TabResultsStore {
  of(tabId: number): Promise<TabResults>;
  /** How many pictures and videos of the tab's page were judged "Likely AI". */
  flagged(tabId: number): Promise<number>;
  add(tabId: number, result: TabResult): void;
  /** A document of the tab's top frame is there; another one than before starts an empty list. */
  enter(tabId: number, document: string): void;
  forget(tabId: number): void;
}

const nothing = (document: string): Stored => ({ document, results: [], more: 0, flaggedMore: 0 });

/** A video's timeline is long and not listed; the history has it. */
function withoutTimeline(result: TabResult): TabResult {
  if (result.outcome.kind === 'error' || !result.outcome.record.timeline) return result;
  const { timeline: _, ...record } = result.outcome.record;
  return { ...result, outcome: { kind: 'verdict', record } };
}

/** What a result that says "Likely AI" is about; undefined for others. */
function flaggedKey({ url, outcome }: TabResult): string | undefined {
  if (outcome.kind === 'error' || stepOf(outcome.record.verdict) !== 'likely-ai') return undefined;
  return url ?? outcome.record.picture.sha256;
}

function countFlagged(results: readonly TabResult[]): number {
  return new Set(results.map(flaggedKey).filter((key) => key !== undefined)).size;
}

/** @param changed called when the results of a tab are others */
export function createTabResults(changed: (tabId: number) => void): TabResultsStore {
  const known = new Map<number, Stored>();
  // One change after the other, so that none reads what another is about to write.
  let last: Promise<unknown> = Promise.resolve();
  const keyOf = (tabId: number) => `tab-results-${tabId}`;

  const read = async (tabId: number): Promise<Stored> => {
    const inMemory = known.get(tabId);
    if (inMemory) return inMemory;
    const stored = v.safeParse(Stored, (await browser.storage.session.get(keyOf(tabId)))[keyOf(tabId)]);
    return stored.success ? stored.output : nothing('');
  };
  const change = (tabId: number, next: (current: Stored) => Stored) => {
    const done = last.then(async () => {
      const before = await read(tabId);
      const after = next(before);
      if (after === before) return;
      known.set(tabId, after);
      // A full quota costs the list its survival of a sleep, no more.
      await browser.storage.session.set({ [keyOf(tabId)]: after }).catch(() => undefined);
      changed(tabId);
    });
    last = done.catch(() => undefined);
  };

  return {
    async of(tabId) {
      await last;
      const { results, more } = await read(tabId);
      return { results, more };
    },
    async flagged(tabId) {
      await last;
      const { results, flaggedMore } = await read(tabId);
      return countFlagged(results) + flaggedMore;
    },
    add(tabId, added) {
      const result = withoutTimeline(added);
      change(tabId, ({ document, results, more, flaggedMore }) => {
        const others = results.filter(({ url }) => url === undefined || url !== result.url);
        const all = [result, ...others];
        const dropped = all.slice(KEPT);
        return {
          document,
          results: all.slice(0, KEPT),
          more: more + dropped.length,
          flaggedMore: flaggedMore + countFlagged(dropped),
        };
      });
    },
    enter(tabId, document) {
      change(tabId, (current) => (current.document === document ? current : nothing(document)));
    },
    forget(tabId) {
      const done = last.then(async () => {
        known.delete(tabId);
        await browser.storage.session.remove(keyOf(tabId));
      });
      last = done.catch(() => undefined);
    },
  };
}
