import { root } from '../../scripts/project.mjs';
import { checkOut } from './check-out.ts';
import { type Comparison, compareRuns } from './compare.ts';
import { type Daemon, startDaemon } from './daemon-process.ts';
import { connectClient, type SocketClient } from './socket-client.ts';
import { level, type Measurement, timing } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

/** Pictures of one round: half a second of work, which the system counts in hundredths. */
const PICTURES = 10;
/** Rounds whatever the time: of fewer nobody can tell whether they differ among themselves. */
const LEAST_ROUNDS = 3;
/** Pictures until a companion works as it will go on. */
const WARM_UP = 8;
const SIDES = ['before', 'now'] as const;

interface Started {
  readonly daemon: Daemon;
  readonly client: SocketClient;
  readonly start: Measurement;
}

async function startFrom(folder: string): Promise<Started> {
  // The first start of a checkout compiles what the next ones find compiled.
  await (await startDaemon({ folder })).stop();
  const daemon = await startDaemon({ folder });
  try {
    const used = await daemon.usage();
    const start = level('start to listening, processor time', 'ms', [used?.cpuMs ?? Number.NaN], null);
    return { daemon, start, client: await connectClient(daemon.port, await daemon.pairingCode()) };
  } catch (error) {
    await daemon.stop();
    throw error;
  }
}

/** One round: the quick pack on what scrolls by, one picture at a time. */
async function measure({ daemon, client, start }: Started, photos: readonly Buffer[]): Promise<Measurement[]> {
  const before = await daemon.usage();
  const times: number[] = [];
  for (let i = 0; i < PICTURES; i += 1) {
    const began = performance.now();
    await client.check(photos[i % photos.length] ?? Buffer.alloc(0), 'live');
    times.push(performance.now() - began);
  }
  const after = await daemon.usage();
  // Where the system does not tell, the times alone are compared.
  if (!before || !after) return [timing('socket to verdict, 1080p JPEG', times)];
  return [
    start,
    level('processor time a picture, all processes', 'ms', [(after.cpuMs - before.cpuMs) / PICTURES], null),
    timing('socket to verdict, 1080p JPEG', times),
    level('memory, all processes', 'MB', [after.memory / 1e6], null),
  ];
}

/**
 * What a picture costs here and at another commit: the companions of both run at once, and one bench asks them by turns, so that
 * whatever else the computer does meets both.
 * @param revision as git names it
 * @param limits rounds at most, and when no further one begins, in milliseconds from now
 */
export async function pictureCostAgainst(
  revision: string,
  { rounds, limitMs }: { readonly rounds: number; readonly limitMs: number },
): Promise<{ readonly comparisons: Comparison[]; readonly rounds: number }> {
  const end = performance.now() + limitMs;
  const { folder, remove } = await checkOut(revision);
  const started = new Map<(typeof SIDES)[number], Started>();
  const runs = { before: [] as Measurement[][], now: [] as Measurement[][] };
  try {
    const photos = await fullHdPhotos(WARM_UP);
    for (const side of SIDES) started.set(side, await startFrom(side === 'now' ? root : folder));
    for (const { client } of started.values()) for (const photo of photos) await client.check(photo, 'live');
    for (let round = 0; round < rounds && (round < LEAST_ROUNDS || performance.now() < end); round += 1) {
      for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) {
        const one = started.get(side);
        if (one) runs[side].push(await measure(one, photos));
      }
    }
  } finally {
    for (const { client, daemon } of started.values()) {
      client.close();
      await daemon.stop();
    }
    await remove();
  }
  return { comparisons: compareRuns(runs.before, runs.now), rounds: runs.now.length };
}
