/** Work on the frames of one video, a few side by side. */
export interface OrderedWork {
  /**
   * Begins a work.
   * @param work gets what resolves when the work before it is done, because the same file gives the same answer only if all follow in order
   * @returns resolves once there is room for another one
   * @throws what the first work that failed threw
   */
  add(work: (before: Promise<void>) => Promise<void>): Promise<void>;
  /** @returns resolves when nothing runs any more @throws as `add` */
  finish(): Promise<void>;
}

/** @param most works under way at a time */
export function createOrderedWork(most: number): OrderedWork {
  const underWay = new Set<Promise<void>>();
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;

  function throwFailure(): void {
    if (failure) throw failure.error;
  }

  return {
    async add(work) {
      const running = work(last)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => underWay.delete(running));
      underWay.add(running);
      last = running;
      if (underWay.size >= most) await Promise.race(underWay);
      throwFailure();
    },
    async finish() {
      await Promise.all(underWay);
      throwFailure();
    },
  };
}
