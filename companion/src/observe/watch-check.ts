import type { CheckWatch } from './observer.ts';

/** Does the work of a check, and tells when it is over. @param startedAt by `performance.now()` @throws what the work throws */
export async function watchCheck<T>(watch: CheckWatch, startedAt: number, work: () => Promise<T>): Promise<T> {
  try {
    const done = await work();
    watch.stage('total', startedAt, performance.now());
    watch.end();
    return done;
  } catch (error) {
    watch.end(error);
    throw error;
  }
}
