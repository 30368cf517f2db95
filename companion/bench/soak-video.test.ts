import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Check, CheckList } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { type Daemon, startDaemon } from './daemon-process.ts';
import { hdFrames, openTrack, RATE, sendFrame } from './live.ts';
import { settledMegabytes } from './own-memory.ts';
import { connectClient, type SocketClient } from './socket-client.ts';
import { panClip } from './video-clip.ts';

/** Growth from the 500th frame on. */
const GROWTH = 1.05;
/** Frames until every pool has been full once. */
const WARM_FRAMES = 500;
/** Frames after them; `npm run test:long` asks for more. */
const FRAMES = Number(process.env.TOUCHSTONE_SOAK_FRAMES ?? 500);
/** Frames of a short video that is closed and written down. */
const SHORT = 50;
/** Frames that are judged of a file, which is this many seconds long. */
const [FILE_FRAMES, FILE_SECONDS] = [60, 30];
/** How often it is asked whether a file is done. */
const LOOK_MS = 500;
/** Small frames: looking for faces, which happens beside every model, costs by the pixel. */
const HEIGHT = 320;

/** Plays videos to a companion: one that goes on, and short ones. */
function player(client: SocketClient, pictures: readonly Buffer[]) {
  let played = 0;
  const times = new Map<string, number>();
  const frame = async (track: string): Promise<void> => {
    const n = times.get(track) ?? 0;
    times.set(track, n + 1);
    await sendFrame(client, track, n / RATE, pictures[n % pictures.length]);
  };
  return {
    frame,
    async short(): Promise<void> {
      const track = await openTrack(client, `a-short-video-${played++}`);
      // Two unanswered, as the extension does.
      for (let i = 0; i < SHORT; i += 2) await Promise.all([frame(track), frame(track)]);
      await client.track({ type: 'track-close', track });
      times.delete(track);
    },
  };
}

async function checkFile({ port }: Daemon, token: string, clip: Uint8Array<ArrayBuffer>): Promise<void> {
  const url = `http://127.0.0.1:${port}/v1/checks`;
  const headers = { authorization: `Bearer ${token}` };
  const sent = { method: 'POST', headers: { ...headers, 'content-type': 'video/mp4' }, body: clip };
  const { checks } = v.parse(CheckList, await (await fetch(`${url}?fresh=true`, sent)).json());
  for (let [check] = checks; check?.state !== 'completed'; ) {
    expect(['pending', 'processing']).toContain(check?.state);
    await wait(LOOK_MS);
    const answer = await fetch(`${url}/${check?.id}`, { headers });
    check = v.parse(Check, await answer.json());
  }
}

it.skipIf(process.platform !== 'linux')(
  'memory is flat over many frames of playing videos and of files, by both packs and with faces',
  { timeout: 12 * 60 * 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-soak-'));
    const daemon = await startDaemon();
    try {
      const path = join(folder, 'clip.mp4');
      await panClip({ path, width: 568, height: HEIGHT, rate: 30, seconds: FILE_SECONDS });
      const clip = new Uint8Array(await readFile(path));
      const token = await daemon.programToken();
      const client = await connectClient(daemon.port, await daemon.pairingCode());
      const { frame, short } = player(client, await hdFrames(8, HEIGHT));
      const long = await openTrack(client, 'the-long-video');
      /** In turns a file, short videos, and as many frames of the long one. */
      const feed = async (count: number): Promise<void> => {
        for (let fed = 0; fed < count; fed += FILE_FRAMES + 2 * SHORT) {
          await checkFile(daemon, token, clip);
          await short();
          for (let i = 0; i < SHORT; i += 2) await Promise.all([frame(long), frame(long)]);
        }
      };
      await feed(WARM_FRAMES);
      const warm = await settledMegabytes(daemon);
      await feed(FRAMES);
      const fed = await settledMegabytes(daemon);
      console.log(`after ${WARM_FRAMES} frames ${warm.toFixed(0)} MB, after ${FRAMES} more ${fed.toFixed(0)} MB`);
      expect(fed).toBeLessThanOrEqual(warm * GROWTH);
      client.close();
    } finally {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
