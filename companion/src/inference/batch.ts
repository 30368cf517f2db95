/**
 * Views a run may hold. On a processor a view costs the same in any batch (8 ms of two cores' time in batches of 1, 5
 * and 10) while memory grows by 8 MB a view, so it pays only to spare the thread's turn-around for packs of one view.
 * Graphics processors are idle below a few dozen views.
 */
const MAX_BATCH_VIEWS = { processor: 6, accelerator: 32 } as const;

export interface BatchItem {
  readonly rank: number;
  readonly folder: string;
  readonly provider: string;
  readonly views: { readonly count: number };
  /** Failed once: it runs alone, so that it cannot fail others. */
  readonly isolated: boolean;
}

/**
 * Takes what one run shall hold out of the waiting list: the best-ranked picture, and whatever waits for the same graph
 * and still fits. Waits for nobody: pictures that arrive during a run form the next batch.
 * @param waiting in order of arrival; the taken ones are removed
 */
export function takeBatch<T extends BatchItem>(waiting: T[]): T[] {
  const ordered = [...waiting].sort((a, b) => a.rank - b.rank);
  const first = ordered[0];
  if (!first) return [];
  const batch = [first];
  const limit = first.provider === 'cpu' ? MAX_BATCH_VIEWS.processor : MAX_BATCH_VIEWS.accelerator;
  let views = first.views.count;
  for (const item of first.isolated ? [] : ordered.slice(1)) {
    const fits = views + item.views.count <= limit;
    if (!fits || item.isolated || item.folder !== first.folder || item.provider !== first.provider) continue;
    batch.push(item);
    views += item.views.count;
  }
  for (const item of batch) waiting.splice(waiting.indexOf(item), 1);
  return batch;
}
