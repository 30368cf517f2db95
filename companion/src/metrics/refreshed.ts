/** What takes time to find out, as it was found out last. */
export interface Refreshed<T> {
  /** What is known now, at once; where it is old, finding it out anew begins. Undefined before the first time. */
  latest(): T | undefined;
  /** Waits for the first time. */
  first(): Promise<T | undefined>;
}

/**
 * Finds something out when somebody asks, no more often than `everyMs`, and lets nobody wait for it: a scrape stays cheap, and where
 * nobody asks nothing is done.
 * @param find may fail: then what was known stays
 */
export function refreshed<T>(
  find: () => Promise<T>,
  everyMs: number,
  now: () => number = () => performance.now(),
): Refreshed<T> {
  let value: T | undefined;
  let foundAt = Number.NEGATIVE_INFINITY;
  let finding: Promise<void> | undefined;

  function refresh(): void {
    if (finding || now() - foundAt < everyMs) return;
    finding = find()
      .then((found) => {
        value = found;
      })
      .catch(() => undefined)
      .finally(() => {
        foundAt = now();
        finding = undefined;
      });
  }

  return {
    latest() {
      refresh();
      return value;
    },
    async first() {
      refresh();
      if (value === undefined) await finding;
      return value;
    },
  };
}
