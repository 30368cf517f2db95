import type { RawPicture } from '@touchstone/models';
import type { EncodedPacket } from 'mediabunny';
import type { DecoderMessage } from '../protocol.ts';
import { createFrameDecoder, type Library } from './frame-decoder.ts';
import { createFrameScaler } from './frame-scaler.ts';
import type { Container } from './open-container.ts';
import type { SamplePlan } from './sample-plan.ts';

export interface Sample {
  /** Seconds. */
  readonly time: number;
  readonly picture: RawPicture;
}

export interface SampleOptions {
  readonly threads: number;
  /** Time of `performance.now()` after which nothing more is decoded. */
  readonly deadline: number;
  /** Takes a sample away; resolves when the next may be made. */
  readonly give: (sample: Sample) => Promise<void>;
}

/** Times of a sample and of a frame that differ by less are the same. Seconds. */
const SAME_TIME = 0.001;
/** Above this rate, frames that no other is made from are so many that enough others remain. Frames a second. */
const SKIP_FROM_RATE = 10;
/** Seconds, and share, by which the pictures of an undamaged file may end before the end that it states. */
const END_SLACK = { seconds: 1.5, share: 0.05 } as const;

/**
 * Decodes the planned samples in order of time, group of pictures by group: what lies before the last wanted time of a
 * group is decoded, the rest is skipped.
 * @throws DecoderFailed when nothing at all can be decoded
 */
export async function readSamples(
  library: Library,
  container: Container,
  plan: SamplePlan,
  { threads, deadline, give }: SampleOptions,
): Promise<Extract<DecoderMessage, { type: 'end' }>> {
  const { packets, facts, statedEnd, shown } = container;
  const ms = { decode: 0, scale: 0, wait: 0 };
  const scale = createFrameScaler(library, container);
  const made: Sample[] = [];
  let wanted: number[] = [];
  let seenUntil = 0;
  let hasAny = false;
  let broken = false;

  const decoder = createFrameDecoder(library, {
    ...container,
    threads,
    skipUnreferenced: (facts.framesPerSecond ?? 0) > SKIP_FROM_RATE,
    onFrame(frame, time) {
      // Nobody who plays the file sees what its edit list leaves out.
      if (hasAny && shown.until !== null && time > shown.until - SAME_TIME) return;
      seenUntil = Math.max(seenUntil, time);
      const next = wanted[0];
      if (next === undefined || time < next - SAME_TIME) return;
      wanted = wanted.filter((other) => other > time + SAME_TIME);
      const start = performance.now();
      hasAny = true;
      made.push({ time: Math.max(0, time), picture: scale(frame) });
      ms.scale += performance.now() - start;
    },
  });

  async function giveAll(): Promise<void> {
    for (const sample of made.splice(0)) {
      const start = performance.now();
      await give(sample);
      ms.wait += performance.now() - start;
    }
  }

  /** Decodes from a key frame until the wanted times are through. @returns whether the whole group was decoded */
  async function readGroup(key: EncodedPacket, nextKey: EncodedPacket | null): Promise<boolean> {
    // A key frame alone needs no other packet, and the wait for one.
    const keyOnly = wanted.every((time) => time <= key.timestamp + SAME_TIME);
    for await (const packet of packets.packets(key, nextKey ?? undefined)) {
      decoder.decode({ data: packet.data, time: packet.timestamp, isKey: packet.type === 'key' });
      await giveAll();
      if (keyOnly || wanted.length === 0 || performance.now() > deadline) return false;
    }
    return true;
  }

  const start = performance.now();
  let continues = false;
  try {
    let key = await packets.getFirstKeyPacket({ verifyKeyPackets: true });
    while (key && performance.now() < deadline) {
      const nextKey = await packets.getNextKeyPacket(key, { verifyKeyPackets: true });
      const end = nextKey?.timestamp ?? Math.max(facts.duration ?? Number.POSITIVE_INFINITY, key.timestamp + SAME_TIME);
      const times = plan.timesIn(Math.max(0, key.timestamp), end);
      if (times.length > 0) {
        // Times that a continued group still owes come first: its last frames leave the decoder with this one's.
        wanted = [...(continues ? wanted : []), ...times];
        continues = await readGroup(key, nextKey);
      } else if (continues) continues = false;
      if (!continues) {
        decoder.drain();
        await giveAll();
        if (times.length === 0 && wanted.length > 0) {
          // The group before ended before its last wanted time: what is shown then is this group's first picture.
          await readGroup(key, nextKey);
          decoder.drain();
          await giveAll();
        }
        wanted = [];
      }
      key = nextKey;
    }
    if (key) broken = true;
  } catch (error) {
    if (error instanceof Error && error.name === 'DecoderFailed') throw error;
    // The file ends or breaks here; what was decoded counts.
    broken = true;
  }
  decoder.drain();
  await giveAll();
  const cut = await isCut(packets);
  const slack = Math.max(END_SLACK.seconds, (statedEnd ?? 0) * END_SLACK.share);
  const short = statedEnd !== null && (facts.duration ?? 0) < statedEnd - slack;
  ms.decode = performance.now() - start - ms.scale - ms.wait;
  return {
    type: 'end',
    damaged: broken || cut || short || shown.hasMore || decoder.damaged() > 0,
    decodeMs: ms.decode,
    scaleMs: ms.scale,
    waitMs: ms.wait,
  };
}

/** Whether the tables of the file name a last picture whose bytes are not there. */
async function isCut(packets: Container['packets']): Promise<boolean> {
  try {
    const [named, read] = [
      await packets.getPacket(Number.POSITIVE_INFINITY, { metadataOnly: true }),
      await packets.getPacket(Number.POSITIVE_INFINITY),
    ];
    return (named?.sequenceNumber ?? 0) !== (read?.sequenceNumber ?? 0) || named?.byteLength !== read?.data.byteLength;
  } catch {
    return true;
  }
}
