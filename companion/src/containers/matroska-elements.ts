import type { ByteSource } from './byte-source.ts';
import type { Part } from './part.ts';

/** Elements looked at side by side: a video of some hours has a cluster every few seconds. */
const MAX_ELEMENTS = 20_000;
/** Longest identifier and size of Matroska, in bytes (RFC 9559, 27.1; RFC 8794, 6). */
const MAX_ID_BYTES = 4;
const MAX_SIZE_BYTES = 8;

/** Bytes of a number of variable length, by the leading zeros of its first; more than 8 where there is none. */
const lengthOf = (first = 0): number => Math.clz32(first) - 23;

/**
 * Elements of a Matroska or WebM file side by side (EBML, RFC 8794), named by their identifiers in hexadecimal. One whose
 * size is not known reaches to the end of what holds it.
 * @param start where the first one begins @param end where what holds them ends
 */
export function* matroskaElements(source: ByteSource, start = 0, end = source.size): Generator<Part> {
  let at = start;
  for (let count = 0; count < MAX_ELEMENTS && at + 2 <= end; count++) {
    const head = source.read(at, MAX_ID_BYTES + MAX_SIZE_BYTES);
    const idBytes = lengthOf(head[0]);
    const sizeBytes = lengthOf(head[idBytes]);
    const content = at + idBytes + sizeBytes;
    if (idBytes > MAX_ID_BYTES || sizeBytes > MAX_SIZE_BYTES) return;
    if (head.length < idBytes + sizeBytes || content > end) return;
    const marked = BigInt(`0x${head.toString('hex', idBytes, idBytes + sizeBytes)}`);
    const largest = (1n << BigInt(7 * sizeBytes)) - 1n;
    const stated = marked & largest;
    const stop = stated === largest ? end : content + Number(stated);
    const whole = stop <= end;
    yield { name: head.toString('hex', 0, idBytes), start: content, end: whole ? stop : end, whole };
    if (!whole) return;
    at = stop;
  }
}
