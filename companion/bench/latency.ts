import type { Pack } from '@touchstone/models';
import type { Lane, ResultRecord } from '@touchstone/shared';
import { BARE_WORK, type BareTimes, type BareWork, openBareWork } from './bare-work.ts';
import { startDaemon } from './daemon-process.ts';
import { connectClient } from './socket-client.ts';
import { type Measurement, timing } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

const WARM_UP = 8;
const PHOTOS = 8;

/** Socket to verdict and the cost of each stage, for the quick pack alone (live lane). */
export async function latency(pack: Pack, n: number): Promise<Measurement[]> {
  const { times, records, bareTimes } = await inTurns(
    await openBareWork([pack]),
    'live',
    n,
    await fullHdPhotos(PHOTOS),
  );
  const bareOf = (stage: keyof BareTimes): number[] => bareTimes.map((one) => one[stage]);
  const roomOf = (room: keyof ResultRecord['timings']): number[] => records.map((one) => one.timings[room]);
  return [
    { ...timing('socket to verdict, 1080p JPEG', times, bareOf('total')), bare: BARE_WORK },
    timing('stage: bare SHA-256', bareOf('hash')),
    timing('stage: bare decode', bareOf('decode')),
    timing('stage: bare preprocessing', bareOf('prepare')),
    timing('stage: bare session.run', bareOf('run')),
    timing('stage: bare thumbnail', bareOf('thumbnail')),
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
}

/**
 * Socket to verdict for what a person asks about: the quick and the thorough pack. Of a portrait its face is looked at too, which is one
 * more run of the thorough pack that the bare work does not make; so a picture without a face is measured beside it.
 */
export async function askedLatency(packs: readonly Pack[], n: number): Promise<Measurement[]> {
  const measure = async (name: string, photos: readonly Buffer[]): Promise<Measurement> => {
    const { times, bareTimes } = await inTurns(await openBareWork(packs), 'asked', n, photos);
    const floor = bareTimes.map((one) => one.total);
    return { ...timing(name, times, floor), bare: BARE_WORK };
  };
  return [
    await measure('socket to verdict, asked, both packs', await fullHdPhotos(PHOTOS)),
    await measure('socket to verdict, asked, both packs, no face', await fullHdPhotos(PHOTOS, 'still-life')),
  ];
}

interface Turns {
  readonly times: readonly number[];
  readonly records: readonly ResultRecord[];
  readonly bareTimes: readonly BareTimes[];
}

/** One picture at a time, in turns with the bare work, so that both meet the same machine. */
async function inTurns(bare: BareWork, lane: Lane, n: number, photos: readonly Buffer[]): Promise<Turns> {
  const daemon = await startDaemon();
  try {
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    const bareTimes: BareTimes[] = [];
    const records: ResultRecord[] = [];
    const times: number[] = [];
    for (let i = -WARM_UP; i < n; i++) {
      const photo = photos[(i + WARM_UP) % photos.length] ?? Buffer.alloc(0);
      const floor = await bare.judge(photo);
      const start = performance.now();
      const record = await client.check(photo, lane);
      const time = performance.now() - start;
      if (i < 0) continue;
      bareTimes.push(floor);
      records.push(record);
      times.push(time);
    }
    client.close();
    return { times, records, bareTimes };
  } finally {
    await daemon.stop();
    await bare.close();
  }
}
