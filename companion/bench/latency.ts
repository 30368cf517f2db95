import type { Pack } from '@touchstone/models';
import type { ResultRecord } from '@touchstone/shared';
import { openBareWork } from './bare-work.ts';
import { startDaemon } from './daemon-process.ts';
import { connectClient } from './socket-client.ts';
import { type Measurement, timing } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

const WARM_UP = 8;

/** Socket to verdict for one picture at a time, in turns with the bare work, so that both meet the same machine. */
export async function latency(pack: Pack, n: number): Promise<Measurement[]> {
  const photos = await fullHdPhotos(8);
  const bare = await openBareWork(pack);
  const daemon = await startDaemon();
  try {
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    const bareTimes: Awaited<ReturnType<typeof bare.judge>>[] = [];
    const records: ResultRecord[] = [];
    const times: number[] = [];
    for (let i = -WARM_UP; i < n; i++) {
      const photo = photos[(i + WARM_UP) % photos.length] ?? Buffer.alloc(0);
      const floor = await bare.judge(photo);
      const start = performance.now();
      const record = await client.check(photo, 'bulk');
      const time = performance.now() - start;
      if (i < 0) continue;
      bareTimes.push(floor);
      records.push(record);
      times.push(time);
    }
    client.close();
    const bareOf = (stage: keyof (typeof bareTimes)[number]): number[] => bareTimes.map((one) => one[stage]);
    const roomOf = (room: keyof ResultRecord['timings']): number[] => records.map((one) => one.timings[room]);
    return [
      timing('socket to verdict, 1080p JPEG', times, bareOf('total')),
      timing('stage: bare decode', bareOf('decode')),
      timing('stage: bare preprocessing', bareOf('prepare')),
      timing('stage: bare session.run', bareOf('run')),
      timing('stage: queue', roomOf('queue')),
      timing('stage: decode', roomOf('decode'), bareOf('decode')),
      timing('stage: evidence, hash and thumbnail (beside inference)', roomOf('evidence')),
      timing(
        'stage: views and inference',
        roomOf('inference'),
        bareTimes.map((one) => one.prepare + one.run),
      ),
      timing('stage: everything inside the pipeline', roomOf('total'), bareOf('total')),
      timing(
        'stage: socket and gateway',
        times.map((time, i) => time - (records[i]?.timings.total ?? time)),
      ),
    ];
  } finally {
    await daemon.stop();
    await bare.close();
  }
}
