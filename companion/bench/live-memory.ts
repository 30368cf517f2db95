import { setTimeout as pause } from 'node:timers/promises';
import type { Daemon } from './daemon-process.ts';
import { hdFrames, openTrack, RATE, sendFrame, withClient } from './live.ts';
import type { SocketClient } from './socket-client.ts';
import { level, type Measurement, quantile } from './statistics.ts';

/** Frames after which memory has found its level: every pool is full once. */
const WARM_FRAMES = 2_000;
/** Frames from one reading to the next. */
const STEP = 1_000;
/** Frames of a short video. */
const SHORT = 100;
/** Goal: growth over everything after the warm-up, in per cent. */
const GOAL_GROWTH = 5;

/**
 * Resident memory of the companion over many frames of playing videos, read every thousand: half of them of one long
 * video, half of short ones that are closed and written down. Each reading goes to standard error with its parts.
 * @param models `stand-in` judges by mean colour, so that only what stands around the models takes time and memory
 */
export async function liveMemory(total: number, models: 'packs' | 'stand-in'): Promise<Measurement[]> {
  // Small frames: looking for faces, which happens beside every model, costs by the pixel.
  const frames = await hdFrames(8, models === 'packs' ? 320 : 180);
  return withClient(
    async (client, daemon) => {
      const readings: number[] = [];
      let fed = 0;
      const feed = async (track: string, from: number, count: number): Promise<void> => {
        // Two unanswered, as the extension does.
        for (let i = 0; i < count; i += 2) {
          const both = [i, i + 1].map((n) => sendFrame(client, track, (from + n) / RATE, frames[n % frames.length]));
          await Promise.all(both);
          fed += 2;
          if (fed % STEP !== 0) continue;
          const megabytes = await settled(daemon);
          if (fed > WARM_FRAMES) readings.push(megabytes);
          process.stderr.write(`${await readingLine(fed, megabytes, daemon)}\n`);
        }
      };
      const half = total / 2;
      const long = await openTrack(client, 'the-long-video');
      await feed(long, 0, WARM_FRAMES);
      const before = await settled(daemon);
      await feed(long, WARM_FRAMES, half);
      await client.track({ type: 'track-close', track: long });
      await feedShort(client, half, feed);
      const after = await settled(daemon);
      const most = Math.max(...readings, after);
      return [
        level(`live, ${models}: memory after ${WARM_FRAMES} frames`, 'MB', [before], null),
        level(`live, ${models}: memory after ${total} frames more`, 'MB', [after], before * (1 + GOAL_GROWTH / 100)),
        level(`live, ${models}: most at any reading`, 'MB', [most], null),
        level(`live, ${models}: growth (floor: the goal)`, '%', [(100 * (after - before)) / before], GOAL_GROWTH),
      ];
    },
    { probe: true, standIns: models === 'stand-in' },
  );
}

async function feedShort(
  client: SocketClient,
  total: number,
  feed: (track: string, from: number, count: number) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < total; i += SHORT) {
    const track = await openTrack(client, `a-short-video-${i}`);
    await feed(track, 0, Math.min(SHORT, total - i));
    await client.track({ type: 'track-close', track });
  }
}

async function readingLine(fed: number, megabytes: number, daemon: Daemon): Promise<string> {
  const { heapUsed, heapTotal, external } = await daemon.memoryParts();
  const parts = Object.entries({ heapUsed, heapTotal, external }).map(
    ([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(0)}`,
  );
  return `${String(fed).padStart(6)} frames: ${megabytes.toFixed(0)} MB resident (${parts.join(', ')})`;
}

/** The median of some readings with pauses, so that a collection under way counts in neither. */
async function settled(daemon: Daemon): Promise<number> {
  const readings: number[] = [];
  for (let i = 0; i < 5; i++) {
    await pause(600);
    readings.push(await daemon.residentMegabytes());
  }
  return quantile(readings, 0.5);
}
