import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TRACK_WINDOW } from '@touchstone/shared';
import sharp from 'sharp';
import { startDaemon } from './daemon-process.ts';
import { connectClient, type SocketClient } from './socket-client.ts';
import { level, type Measurement, quantile, timing } from './statistics.ts';

/** Videos that play side by side. */
const VIDEOS = 4;
/** Frames a second of each. */
const RATE = 2;
/** Limits that were set for live video: 95th percentile of frame to update in ms, growth of memory in MB. */
const LIMIT_MS = 400;
/** Frames after which memory has found its level: every pool is full once. */
const WARM_FRAMES = 1_000;
const ALLOWED_GROWTH = 0.05;

/** Four videos at two frames a second for some time: from the frame's departure to its update. */
export async function liveLatency(seconds: number): Promise<Measurement[]> {
  const frames = await hdFrames(16);
  return withClient(async (client) => {
    const times: number[] = [];
    let skipped = 0;
    let lost = 0;
    const play = async (video: number): Promise<void> => {
      const track = await openTrack(client, `video-number-${video}`);
      await pause((video * 1000) / RATE / VIDEOS);
      const pending: Promise<void>[] = [];
      let unanswered = 0;
      for (let i = 0; i < Math.max(5, seconds) * RATE; i++) {
        const due = pause(1000 / RATE);
        // As the extension does: a frame that would wait gives way to the next one.
        if (unanswered >= TRACK_WINDOW) {
          skipped++;
          await due;
          continue;
        }
        unanswered++;
        const start = performance.now();
        const answer = sendFrame(client, track, i / RATE, frames[(i * 3 + video) % frames.length])
          .then(() => void times.push(performance.now() - start))
          .catch(() => {
            lost++;
          })
          .finally(() => {
            unanswered--;
          });
        pending.push(answer);
        await due;
      }
      await Promise.all(pending);
      await client.track({ type: 'track-close', track });
    };
    await Promise.all(Array.from({ length: VIDEOS }, (_, video) => play(video)));
    return [
      timing(`live: frame to update, ${VIDEOS} videos at ${RATE} frames/s`, times, [LIMIT_MS]),
      level('live: 95th percentile of the same', 'ms', [quantile(times, 0.95)], LIMIT_MS),
      level('live: frames skipped because two were unanswered', 'frames', [skipped], null),
      level('live: frames refused', 'frames', [lost], null),
    ];
  });
}

/** Memory of the companion before and after many frames of one long video, then of many short ones. */
export async function liveMemory(total: number): Promise<Measurement[]> {
  const frames = await hdFrames(8, 320);
  return withClient(async (client, residentMegabytes) => {
    const feed = async (track: string, from: number, count: number): Promise<void> => {
      // Two unanswered, as the extension does.
      for (let i = 0; i < count; i += 2) {
        const both = [i, i + 1].map((n) => sendFrame(client, track, (from + n) / RATE, frames[n % frames.length]));
        await Promise.all(both);
      }
    };
    const long = await openTrack(client, 'the-long-video');
    await feed(long, 0, WARM_FRAMES);
    const before = await settled(residentMegabytes);
    await feed(long, WARM_FRAMES, total / 2);
    await client.track({ type: 'track-close', track: long });
    for (let i = 0; i < total / 2; i += 100) {
      const short = await openTrack(client, `a-short-video-${i}`);
      await feed(short, 0, Math.min(100, total / 2 - i));
      await client.track({ type: 'track-close', track: short });
    }
    const after = await settled(residentMegabytes);
    return [
      level(`live: memory after ${WARM_FRAMES} frames`, 'MB', [before], null),
      level(`live: memory after ${total} frames more`, 'MB', [after], before * (1 + ALLOWED_GROWTH)),
      level('live: growth', '%', [(100 * (after - before)) / before], 100 * ALLOWED_GROWTH),
    ];
  });
}

async function withClient(
  work: (client: SocketClient, residentMegabytes: () => Promise<number>) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const daemon = await startDaemon();
  try {
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    const found = await work(client, () => daemon.residentMegabytes());
    client.close();
    return found;
  } finally {
    await daemon.stop();
  }
}

async function openTrack(client: SocketClient, track: string): Promise<string> {
  const source = { kind: 'video', path: 'canvas', pageUrl: 'https://bench.test/', private: false };
  await client.track({ type: 'track-open', track, source, duration: null, resume: [] });
  return track;
}

function sendFrame(client: SocketClient, track: string, mediaTime: number, bytes: Uint8Array | undefined) {
  return client.track({ type: 'track-frame', track, mediaTime, path: 'canvas', bytes });
}

/** The median of some readings with pauses, so that a collection under way counts in neither. */
async function settled(read: () => Promise<number>): Promise<number> {
  const readings: number[] = [];
  for (let i = 0; i < 5; i++) {
    await pause(1_000);
    readings.push(await read());
  }
  return quantile(readings, 0.5);
}

const SAMPLE = fileURLToPath(new URL('../assets/samples/astronaut.png', import.meta.url));

/** JPEGs as the extension sends them, a slow pan over a photograph with a face. @param height shorter side in pixels */
async function hdFrames(count: number, height = 720): Promise<Buffer[]> {
  const width = Math.round((height * 16) / 9);
  const large = await sharp(SAMPLE)
    .resize(Math.round(width * 1.3))
    .toBuffer();
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      sharp(large)
        .extract({ left: Math.round((i * width * 0.25) / count), top: i * 4, width, height })
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  );
}
