import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { ownMegabytes, settledMegabytes } from './own-memory.ts';
import { fullHdPhotos } from './test-photo.ts';

/**
 * Memory of its own of a companion that has started and rests with the quick pack, in MB (10^6 bytes): of the 260 that it may take in all,
 * about 100 are pages of programs that the system shares, and keeps or drops as it likes.
 */
const IDLE_LIMIT_MB = 160;
/**
 * Growth from the 500th picture on. The runtime's arena takes its size from how pictures happened to fall into batches (one run differs from
 * the next by 9 %); 190 kB left of each of 300 pictures would be more than this.
 */
const GROWTH = 1.25;
/** Pictures until every pool has been full once. */
const WARM_PICTURES = 500;
/** Pictures after them, and how long it rests before; `npm run test:long` asks for more. */
const PICTURES = Number(process.env.TOUCHSTONE_SOAK_PICTURES ?? 300);
const REST_MS = Number(process.env.TOUCHSTONE_SOAK_REST_MS ?? 5_000);
const CLIENTS = 4;
/** How often it is looked whether it rests. */
const LOOK_MS = 3_000;
/** A busy computer comes to rest late. */
const SETTLE_LIMIT_MS = 5 * 60_000;

it.skipIf(process.platform !== 'linux')(
  'memory is small at rest, and flat over many pictures',
  { timeout: 12 * 60 * 60_000 },
  async () => {
    const photos = await Promise.all(
      (await fullHdPhotos(8)).map((photo) => sharp(photo).resize(640).jpeg().toBuffer()),
    );
    const photo = (index: number): Buffer => photos[index % photos.length] ?? Buffer.alloc(0);
    const daemon = await startDaemon();
    try {
      const token = await daemon.programToken();
      // The quick pack alone: the thorough one is given back only after minutes without it.
      const url = `http://127.0.0.1:${daemon.port}/v1/checks?fresh=true&pack=quick&wait=60`;
      const feed = async (count: number): Promise<void> => {
        let next = 0;
        const client = async (): Promise<void> => {
          for (let index = next++; index < count; index = next++) {
            const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' };
            const answer = await fetch(url, { method: 'POST', headers, body: new Uint8Array(photo(index)) });
            expect(answer.status).toBe(200);
            await answer.arrayBuffer();
          }
        };
        await Promise.all(Array.from({ length: CLIENTS }, client));
      };
      await wait(REST_MS);
      await expect
        .poll(() => ownMegabytes(daemon), { interval: LOOK_MS, timeout: SETTLE_LIMIT_MS })
        .toBeLessThanOrEqual(IDLE_LIMIT_MB);
      await feed(WARM_PICTURES);
      const warm = await settledMegabytes(daemon);
      await feed(PICTURES);
      const fed = await settledMegabytes(daemon);
      console.log(`after ${WARM_PICTURES} pictures ${warm.toFixed(0)} MB, after ${PICTURES} more ${fed.toFixed(0)} MB`);
      expect(fed).toBeLessThanOrEqual(warm * GROWTH);
    } finally {
      await daemon.stop();
    }
  },
);
