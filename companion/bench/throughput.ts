import type { Pack } from '@touchstone/models';
import { BARE_WORK, openBareWork } from './bare-work.ts';
import { startDaemon } from './daemon-process.ts';
import { rate } from './rate.ts';
import { connectClient } from './socket-client.ts';
import { level, type Measurement } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

const CLIENTS = 8;
/** Unanswered captures of each client: it never waits for the socket alone. */
const IN_FLIGHT = 2;
/** Concurrency at which the bare loop is fastest on two cores: one picture decodes while another is in the graph. */
const BARE_CONCURRENCY = 2;

/** Sustained rate of the quick pack (live lane) with eight browsers against the bare loop, in turns. */
export async function throughput(
  pack: Pack,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Measurement[]> {
  const photos = await fullHdPhotos(8);
  const photo = (index: number): Buffer => photos[index % photos.length] ?? Buffer.alloc(0);
  const bare = await openBareWork([pack]);
  const daemon = await startDaemon();
  try {
    const clients: Awaited<ReturnType<typeof connectClient>>[] = [];
    for (let i = 0; i < CLIENTS; i++) clients.push(await connectClient(daemon.port, await daemon.pairingCode()));
    const socket = (index: number): Promise<unknown> | undefined =>
      clients[index % CLIENTS]?.check(photo(index), 'live');
    const loop: number[] = [];
    const overlapped: number[] = [];
    const ours: number[] = [];
    const cpu: number[] = [];
    const bareCpu: number[] = [];
    await rate(CLIENTS * IN_FLIGHT, 1, async (i) => socket(i));
    for (let round = 0; round < rounds; round++) {
      const cpuBefore = process.cpuUsage();
      const bareRate = await rate(1, seconds, (i) => bare.judge(photo(i)));
      const { user, system } = process.cpuUsage(cpuBefore);
      loop.push(bareRate);
      bareCpu.push((user + system) / 1000 / (bareRate * seconds));
      const before = await daemon.usage();
      const oursRate = await rate(CLIENTS * IN_FLIGHT, seconds, async (i) => socket(i));
      const after = await daemon.usage();
      ours.push(oursRate);
      if (before && after) cpu.push((after.cpuMs - before.cpuMs) / (oursRate * seconds));
      overlapped.push(await rate(BARE_CONCURRENCY, seconds, (i) => bare.judge(photo(i))));
    }
    for (const client of clients) client.close();
    return [
      level('throughput, 8 clients, against the bare loop', 'pictures/s', ours, loop),
      level('throughput, 8 clients, against two bare loops at once', 'pictures/s', ours, overlapped),
      ...(cpu.length > 0
        ? [level('processor time a picture, all processes, against the bare loop', 'ms', cpu, bareCpu)]
        : []),
    ].map((one) => ({ ...one, bare: BARE_WORK }));
  } finally {
    await daemon.stop();
    await bare.close();
  }
}
