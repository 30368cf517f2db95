import type { CodecContext, Frame, Packet } from 'node-av/lib';
import { MAX_FRAME_PIXELS } from '../limits.ts';
import { DecoderFailed } from './decoder-failed.ts';
import type { VideoCodec } from './open-container.ts';

/** The library's two halves, loaded only in the decoder's process. */
export interface Library {
  readonly lib: typeof import('node-av/lib');
  readonly constants: typeof import('node-av/constants');
}

/** @throws DecoderFailed `video-decoder-missing` */
export async function loadLibrary(): Promise<Library> {
  try {
    const [lib, constants] = await Promise.all([import('node-av/lib'), import('node-av/constants')]);
    lib.Log.setLevel(constants.AV_LOG_QUIET);
    return { lib, constants };
  } catch (cause) {
    throw new DecoderFailed('video-decoder-missing', String(cause), { cause });
  }
}

export interface EncodedPicture {
  readonly data: Uint8Array;
  /** Seconds. */
  readonly time: number;
  readonly isKey: boolean;
}

export interface DecoderOptions {
  readonly codec: VideoCodec;
  readonly description: Uint8Array | undefined;
  readonly threads: number;
  /** Leaves out pictures that no other is made from: half the work, where one in ten frames is wanted. */
  readonly skipUnreferenced: boolean;
  /** Called with each decoded frame in order of time; the frame is used again afterwards. */
  readonly onFrame: (frame: Frame, seconds: number) => void;
}

export interface FrameDecoder {
  decode(picture: EncodedPicture): void;
  /** Gives out what is still inside; afterwards any key frame may follow. */
  drain(): void;
  /** Pictures that could not be decoded, or only with faults. */
  damaged(): number;
}

/** Failures in a row after which a decoder gets its next picture. */
const MOST_FAILURES = 16;
/** Ticks a second of the times that go through the decoder. */
const TICKS = 1_000_000;
/** Names of the codecs' numbers in the library. */
const CODEC_IDS = {
  avc: 'AV_CODEC_ID_H264',
  hevc: 'AV_CODEC_ID_HEVC',
  vp8: 'AV_CODEC_ID_VP8',
  vp9: 'AV_CODEC_ID_VP9',
  av1: 'AV_CODEC_ID_AV1',
} as const;

/**
 * Opens FFmpeg's decoder. Everything runs in this thread and in the codec's own: the process does nothing else.
 * @throws DecoderFailed `video-unreadable` when there is no such decoder or it refuses the codec's header
 */
export function createFrameDecoder(library: Library, options: DecoderOptions): FrameDecoder {
  const { lib } = library;
  const context = openContext(library, options);
  const packet: Packet = new lib.Packet();
  const frame: Frame = new lib.Frame();
  packet.alloc();
  frame.alloc();
  let damaged = 0;

  function takeFrames(): void {
    const { AVERROR_EAGAIN, AVERROR_EOF } = library.constants;
    for (let failures = 0; failures < MOST_FAILURES; ) {
      const result = context.receiveFrameSync(frame);
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return;
      if (result < 0) {
        // Of a picture that went in earlier: the codec's threads report late. The next one may be whole.
        damaged++;
        failures++;
        continue;
      }
      if (frame.decodeErrorFlags !== 0) damaged++;
      options.onFrame(frame, Number(frame.bestEffortTimestamp) / TICKS);
      frame.unref();
    }
  }

  return {
    decode({ data, time, isKey }) {
      packet.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      packet.pts = BigInt(Math.round(time * TICKS));
      packet.isKeyframe = isKey;
      if (context.sendPacketSync(packet) < 0) damaged++;
      packet.unref();
      takeFrames();
    },
    drain() {
      context.sendPacketSync(null);
      takeFrames();
      context.flushBuffers();
    },
    damaged: () => damaged,
  };
}

function openContext({ lib, constants }: Library, options: DecoderOptions): CodecContext {
  const { codec: name, description, threads, skipUnreferenced } = options;
  const codec = lib.Codec.findDecoder(constants[CODEC_IDS[name]]);
  if (!codec) throw new DecoderFailed('video-unreadable', `no decoder for ${name}`);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  if (description) context.extraData = Buffer.from(description);
  context.threadCount = threads;
  context.pktTimebase = new lib.Rational(1, TICKS);
  // The container's size was checked; the bitstream may still name another.
  context.setOption('max_pixels', MAX_FRAME_PIXELS);
  if (skipUnreferenced) context.setOption('skip_frame', 'noref');
  if (context.open2Sync(codec, null) < 0) throw new DecoderFailed('video-unreadable', `${name} cannot be opened`);
  return context;
}
