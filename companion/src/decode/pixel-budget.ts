import { createConcurrencyLimit } from '../lanes/concurrency-limit.ts';

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
  const limit = createConcurrencyLimit(budget);
  return { spend: (pixels, work) => limit.run(work, { share: pixels }) };
}
