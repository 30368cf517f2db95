import { setTimeout as pause } from 'node:timers/promises';
import { startDaemon } from './daemon-process.ts';
import { connectClient } from './socket-client.ts';
import { level, type Measurement, timing } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

/** Limit for the idle companion with the quick pack loaded, in MB. */
const IDLE_LIMIT_MB = 250;
/** Until garbage of the start is collected. */
const SETTLE_MS = 5_000;

/** From the start of the process to the first verdict, pairing included. */
export async function coldStart(runs: number): Promise<Measurement[]> {
  const [photo = Buffer.alloc(0)] = await fullHdPhotos(1);
  const listening: number[] = [];
  const verdict: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    const daemon = await startDaemon();
    listening.push(performance.now() - start);
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    await client.check(photo, 'live');
    verdict.push(performance.now() - start);
    client.close();
    await daemon.stop();
  }
  return [timing('cold start to listening', listening), timing('cold start to first verdict', verdict)];
}

/** Memory of a companion that has answered and now waits. */
export async function idleMemory(): Promise<Measurement[]> {
  const photos = await fullHdPhotos(8);
  const daemon = await startDaemon();
  try {
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    await pause(SETTLE_MS);
    const fresh = await daemon.residentMegabytes();
    // The live lane runs the quick pack alone.
    for (const photo of photos) await client.check(photo, 'live');
    await pause(SETTLE_MS);
    const used = await daemon.residentMegabytes();
    const all = await daemon.usage();
    client.close();
    return [
      level('idle memory', 'MB', [fresh], IDLE_LIMIT_MB),
      level('idle memory after eight pictures', 'MB', [used], IDLE_LIMIT_MB),
      ...(all ? [level('idle memory after eight pictures, all processes', 'MB', [all.memory / 1e6], null)] : []),
    ];
  } finally {
    await daemon.stop();
  }
}
