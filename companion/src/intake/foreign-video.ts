/** Packets of a transport stream begin with this byte, every 188 bytes; discs put four bytes before each. */
const [TS_SYNC, TS_PACKET_BYTES, DISC_PREFIX_BYTES, TS_PACKETS] = [0x47, 188, 4, 3];

/** First bytes of other containers: MPEG program and video streams, Flash, Windows Media, Ogg, RealMedia. */
const BEGINNINGS: readonly Buffer[] = [
  '000001ba',
  '000001b3',
  '464c5601',
  '3026b2758e66cf11',
  '4f676753',
  '2e524d46',
].map((hex) => Buffer.from(hex, 'hex'));

/** Bytes of a file that tell all of these. */
export const FOREIGN_VIDEO_BYTES = DISC_PREFIX_BYTES + TS_PACKETS * (TS_PACKET_BYTES + DISC_PREFIX_BYTES);

/** Whether a file begins like a video of a container that is not read here: it is told so, and not called "no picture". */
export function isForeignVideo(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, FOREIGN_VIDEO_BYTES));
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 11) === 'AVI') return true;
  if (BEGINNINGS.some((begin) => head.subarray(0, begin.length).equals(begin))) return true;
  return isTransportStream(head, 0, TS_PACKET_BYTES) || isTransportStream(head, DISC_PREFIX_BYTES, TS_PACKET_BYTES + 4);
}

const isTransportStream = (head: Buffer, from: number, step: number): boolean =>
  Array.from({ length: TS_PACKETS }, (_, index) => head[from + index * step]).every((byte) => byte === TS_SYNC);
