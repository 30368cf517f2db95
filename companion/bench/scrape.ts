import { startDaemon } from './daemon-process.ts';
import { connectClient } from './socket-client.ts';
import { level, type Measurement, quantile } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

/** Until Prometheus has its answer, 95 of 100. */
const SCRAPE_P95_MS = 20;

/** Checks before the first scrape: every series of them is there. */
const CHECKS = 8;

/** Scrapes that are not counted: the first one finds out what later ones know. */
const WARM_UP = 3;

/** `GET /metrics` of a companion that has been at work, over HTTP as Prometheus asks. */
export async function scrapeTimes(count: number): Promise<Measurement[]> {
  const photos = await fullHdPhotos(CHECKS);
  const daemon = await startDaemon({ standIns: true });
  try {
    const token = await daemon.programToken('read');
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    for (const photo of photos) await client.check(photo, 'live');
    const times: number[] = [];
    let bytes = 0;
    for (let index = -WARM_UP; index < count; index += 1) {
      const start = performance.now();
      const answer = await fetch(`http://127.0.0.1:${daemon.port}/metrics`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`a scrape was answered ${answer.status}`);
      if (index >= 0) times.push(performance.now() - start);
      bytes = text.length;
    }
    client.close();
    const p95 = level(
      `GET /metrics, ${Math.round(bytes / 1000)} kB, p95`,
      'ms',
      [quantile(times, 0.95)],
      SCRAPE_P95_MS,
    );
    return [{ ...p95, n: times.length, limit: `<= ${SCRAPE_P95_MS} ms` }];
  } finally {
    await daemon.stop();
  }
}
