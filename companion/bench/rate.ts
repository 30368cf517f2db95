/** Pieces of work a second that `concurrency` endless loops get through in the given time, in seconds. */
export async function rate(
  concurrency: number,
  seconds: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> {
  const end = performance.now() + seconds * 1000;
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async (_, lane) => {
      for (let i = lane; performance.now() < end; i += concurrency) {
        await work(i);
        done++;
      }
    }),
  );
  return done / ((performance.now() - start) / 1000);
}
