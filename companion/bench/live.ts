import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TRACK_WINDOW } from '@touchstone/shared';
import sharp from 'sharp';
import { type Daemon, type DaemonOptions, startDaemon } from './daemon-process.ts';
import { connectClient, type SocketClient } from './socket-client.ts';
import { level, type Measurement, quantile, timing } from './statistics.ts';

/** Videos that play side by side. */
const VIDEOS = 4;
/** Frames a second of each. */
export const RATE = 2;
/** Limit that was set for live video: 95th percentile of frame to update. Milliseconds. */
const LIMIT_MS = 400;

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

export async function withClient(
  work: (client: SocketClient, daemon: Daemon) => Promise<Measurement[]>,
  options?: DaemonOptions,
): Promise<Measurement[]> {
  const daemon = await startDaemon(options);
  try {
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    const found = await work(client, daemon);
    client.close();
    return found;
  } finally {
    await daemon.stop();
  }
}

export async function openTrack(client: SocketClient, track: string): Promise<string> {
  const source = { kind: 'video', path: 'canvas', pageUrl: 'https://bench.test/', private: false };
  await client.track({ type: 'track-open', track, source, duration: null, resume: [] });
  return track;
}

export function sendFrame(client: SocketClient, track: string, mediaTime: number, bytes: Uint8Array | undefined) {
  return client.track({ type: 'track-frame', track, mediaTime, path: 'canvas', bytes });
}

const SAMPLE = fileURLToPath(new URL('../assets/samples/astronaut.png', import.meta.url));

/** JPEGs as the extension sends them, a slow pan over a photograph with a face. @param height shorter side in pixels */
export async function hdFrames(count: number, height = 720): Promise<Buffer[]> {
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
