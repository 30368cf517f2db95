/** Pixels decoded at the same time over all captures: 150 MP of RGB are 450 MB. */
export const PIXEL_BUDGET = 150_000_000;

export interface PixelBudget {
  /**
   * Runs `work` as soon as its pixels fit beside those in work; first come, first served.
   * @param pixels of one picture, at most the whole budget
   */
  spend<T>(pixels: number, work: () => Promise<T>): Promise<T>;
}

export function createPixelBudget(budget = PIXEL_BUDGET): PixelBudget {
  const waiting: { pixels: number; start: () => void }[] = [];
  let spent = 0;

  function dispatch(): void {
    for (let first = waiting[0]; first && spent + first.pixels <= budget; first = waiting[0]) {
      waiting.shift();
      spent += first.pixels;
      first.start();
    }
  }

  return {
    async spend(pixels, work) {
      const share = Math.min(pixels, budget);
      await new Promise<void>((start) => {
        waiting.push({ pixels: share, start });
        dispatch();
      });
      try {
        return await work();
      } finally {
        spent -= share;
        dispatch();
      }
    },
  };
}
