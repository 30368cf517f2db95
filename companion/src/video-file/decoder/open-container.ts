import { fstatSync, read } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { EncodedPacketSink, InputVideoTrack } from 'mediabunny';
import { sourceOfFile } from '../../containers/byte-source.ts';
import { MAX_DURATION_SECONDS, MAX_FRAME_PIXELS } from '../limits.ts';
import type { VideoFacts } from '../protocol.ts';
import { DecoderFailed } from './decoder-failed.ts';
import { type ShownPart, shownPart } from './edit-list.ts';
import type { StatedColours } from './frame-colours.ts';
import { asVideoTracks, pictureTracks } from './picture-sequence.ts';
import { isProtected } from './protection.ts';
import type { Rotation } from './rotate.ts';

// Its CommonJS form is one file and starts in a third of the time of the other, which is some hundred.
const mediabunny: typeof import('mediabunny') = createRequire(import.meta.url)('mediabunny');
const readAt = promisify(read);

/** Names of the containers in records and timelines, by their media types. */
const CONTAINERS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
};

/** Packets from which the frame rate is told. */
const RATE_PACKETS = 120;

/** Codecs by mediabunny's names. */
export type VideoCodec = 'avc' | 'hevc' | 'vp8' | 'vp9' | 'av1';
const CODECS: ReadonlySet<string> = new Set<VideoCodec>(['avc', 'hevc', 'vp8', 'vp9', 'av1']);
const isKnown = (codec: string | null): codec is VideoCodec => codec !== null && CODECS.has(codec);

export interface Container {
  readonly facts: Omit<VideoFacts, 'expectedFrames' | 'interval'>;
  readonly codec: VideoCodec;
  /** Codec's own header (avcC, hvcC, av1C), where the container has it. */
  readonly description: Uint8Array | undefined;
  readonly rotation: Rotation;
  /** Width of one pixel divided by its height. */
  readonly pixelShape: number;
  readonly colours: StatedColours;
  readonly packets: EncodedPacketSink;
  /** Seconds at which the file itself says that it ends, which a truncated one does not reach. */
  readonly statedEnd: number | null;
  /** Which of the pictures the file shows at all. */
  readonly shown: ShownPart;
}

/**
 * Opens the video of a file that is already open. The demuxer is written in TypeScript and gets nothing but this one
 * file: no network, no playlists, no files that the container names.
 * @param file descriptor of a regular file
 * @throws DecoderFailed
 */
export async function openContainer(file: number): Promise<Container> {
  const { size } = fstatSync(file);
  if (isProtected(file, size)) throw new DecoderFailed('video-protected', 'the pictures are encrypted');
  const pictures = pictureTracks(file, size);
  const input = new mediabunny.Input({
    formats: [mediabunny.MP4, mediabunny.QTFF, mediabunny.WEBM, mediabunny.MATROSKA],
    formatOptions: { isobmff: { resolveKeyId: refuseKeys } },
    source: new mediabunny.CustomSource({
      getSize: () => size,
      read: async (start, end) => asVideoTracks(pictures, start, await readBytes(file, start, end)),
      prefetchProfile: 'fileSystem',
    }),
  });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new DecoderFailed('video-unreadable', 'there is no video in the file');
    const container = pictures.length > 0 ? 'avif' : CONTAINERS[(await input.getFormat()).mimeType];
    return await openTrack(track, container ?? 'video', shownPart(sourceOfFile(file, size), track.id));
  } catch (cause) {
    if (cause instanceof DecoderFailed) throw cause;
    throw new DecoderFailed('video-unreadable', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function refuseKeys(): never {
  throw new DecoderFailed('video-protected', 'the video is encrypted');
}

async function readBytes(file: number, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await readAt(file, bytes, at, bytes.length - at, start + at);
    if (bytesRead === 0) throw new Error('the file became shorter');
    at += bytesRead;
  }
  return bytes;
}

async function openTrack(track: InputVideoTrack, container: string, shown: ShownPart): Promise<Container> {
  if (shown.isRetimed) throw new DecoderFailed('video-unreadable', 'the file shows its pictures at another speed');
  const [codec, codedWidth, codedHeight] = [
    await track.getCodec(),
    await track.getCodedWidth(),
    await track.getCodedHeight(),
  ];
  if (!isKnown(codec)) throw new DecoderFailed('video-unreadable', `codec ${codec ?? 'unknown'}`);
  if (codedWidth * codedHeight > MAX_FRAME_PIXELS) {
    throw new DecoderFailed('too-many-pixels', `${codedWidth} x ${codedHeight}`);
  }
  const config = await track.getDecoderConfig();
  const shape = await track.getPixelAspectRatio();
  const stated = await track.getDurationFromMetadata().catch(() => null);
  const found = await track.computeDuration().catch(() => null);
  const rate = await track.computePacketStats(RATE_PACKETS).catch(() => null);
  const whole = [found, stated].find((value) => value !== null && Number.isFinite(value) && value > 0) ?? null;
  const duration = shown.until === null ? whole : Math.min(whole ?? shown.until, shown.until);
  return {
    codec,
    description: config?.description && bytesOf(config.description),
    rotation: await track.getRotation(),
    pixelShape: shape.num / shape.den,
    colours: config?.colorSpace ?? {},
    packets: new mediabunny.EncodedPacketSink(track),
    statedEnd: stated,
    shown,
    facts: {
      container,
      codec,
      width: Math.max(1, Math.round(await track.getDisplayWidth())),
      height: Math.max(1, Math.round(await track.getDisplayHeight())),
      duration: duration === null ? null : Math.min(duration, MAX_DURATION_SECONDS),
      framesPerSecond: rate && Number.isFinite(rate.averagePacketRate) ? rate.averagePacketRate : null,
    },
  };
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
