/** Kinds of units in a stream of AV1 (its specification, 6.2.2). */
const SEQUENCE_HEADER = 1;
const TEMPORAL_DELIMITER = 2;
/** Bytes of a sequence header are a few dozen at most. */
const MAX_UNIT_BYTES = 256;

/**
 * Transfer function that a stream of AV1 names in its sequence header, which stands first (specification, 5.5.1 and 5.5.2).
 * @returns undefined where it names none, or the bytes make no sense
 */
export function av1Transfer(stream: Uint8Array): number | undefined {
  for (let at = 0; at < stream.length; ) {
    const head = stream[at] ?? 0;
    const type = (head >> 3) & 15;
    const start = at + 1 + ((head & 4) === 0 ? 0 : 1);
    // Without a size a unit is all there is.
    const [length, content] = (head & 2) === 0 ? [stream.length - start, start] : leb128(stream, start);
    if (type === SEQUENCE_HEADER) {
      return transferIn(stream.subarray(content, Math.min(content + length, content + MAX_UNIT_BYTES)));
    }
    if (type !== TEMPORAL_DELIMITER) return undefined;
    at = content + length;
  }
  return undefined;
}

/** @returns the number, and where it ends */
function leb128(bytes: Uint8Array, start: number): readonly [value: number, end: number] {
  let value = 0;
  for (let index = 0; index < 4; index++) {
    const byte = bytes[start + index] ?? 0;
    value |= (byte & 127) << (7 * index);
    if (byte < 128) return [value, start + index + 1];
  }
  return [value, start + 4];
}

function transferIn(header: Uint8Array): number | undefined {
  let at = 0;
  /** Bits behind the end are zeros: whoever reads them is told nothing. */
  const bits = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index++, at++) {
      value = value * 2 + (((header[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    }
    return value;
  };
  const flag = (): boolean => bits(1) === 1;
  const profile = bits(3);
  bits(1);
  const reduced = flag();
  if (reduced) bits(5);
  else skipOperatingPoints(bits, flag);
  const [widthBits, heightBits] = [bits(4) + 1, bits(4) + 1];
  bits(widthBits + heightBits);
  if (!reduced && flag()) bits(7);
  bits(3);
  if (!reduced) skipTools(bits, flag);
  bits(3);
  const isDeep = flag();
  if (profile === 2 && isDeep) bits(1);
  if (profile !== 1) bits(1);
  if (!flag()) return undefined;
  bits(8);
  const transfer = bits(8);
  return at <= header.length * 8 ? transfer : undefined;
}

type Bits = (count: number) => number;
type Flag = () => boolean;

/** Times, the model of the decoder's memory, and the points at which a part of the stream may be decoded. */
function skipOperatingPoints(bits: Bits, flag: Flag): void {
  let delayBits = 0;
  if (flag()) {
    bits(64);
    if (flag()) skipUvlc(bits, flag);
    if (flag()) {
      delayBits = bits(5) + 1;
      bits(42);
    }
  }
  const hasDelays = flag();
  const points = bits(5) + 1;
  for (let index = 0; index < points; index++) {
    bits(12);
    if (bits(5) > 7) bits(1);
    if (delayBits > 0 && flag()) bits(2 * delayBits + 1);
    if (hasDelays && flag()) bits(4);
  }
}

function skipUvlc(bits: Bits, flag: Flag): void {
  let zeros = 0;
  while (zeros < 32 && !flag()) zeros++;
  bits(zeros);
}

/** What the encoder may use. */
function skipTools(bits: Bits, flag: Flag): void {
  bits(4);
  const hasOrder = flag();
  if (hasOrder) bits(2);
  const content = flag() ? 2 : bits(1);
  if (content > 0 && !flag()) bits(1);
  if (hasOrder) bits(3);
}
