import type { SeededRandom } from '../fuzz-target.ts';

/** Nesting beyond which a generated value is a plain one. Deeper than the protocol allows, so that the limit is met. */
const DEEPEST = 24;

/** Size fields that lengths and counts break on. */
const CLAIMS = [0, 1, 15, 16, 31, 32, 255, 256, 4096, 4097, 0xffff, 0x10000, 0x7fffffff, 0xffffffff];

function sized(first: number, bytes: 1 | 2 | 4, value: number): number[] {
  return [first, ...[24, 16, 8, 0].slice(4 - bytes).map((shift) => (value >>> shift) & 0xff)];
}

function text(random: SeededRandom): number[] {
  const words = ['type', 'id', 'capture', 'ping', 'bytes', 'source', '__proto__', 'constructor', 'x'];
  const bytes =
    random.int(4) === 0 ? [...random.bytes(random.int(40))] : [...new TextEncoder().encode(random.pick(words))];
  return bytes.length < 32 ? [0xa0 + bytes.length, ...bytes] : [...sized(0xd9, 1, bytes.length), ...bytes];
}

function plain(random: SeededRandom): number[] {
  switch (random.int(9)) {
    case 0:
      return [random.int(0x80)];
    case 1:
      return [0xc0 + random.int(4)];
    case 2:
      return [
        0xca,
        ...random.pick([
          [0x7f, 0x80, 0, 0],
          [0xff, 0xc0, 0, 0],
          [0, 0, 0, 1],
        ]),
      ];
    case 3:
      return [
        0xcb,
        ...random.pick([
          [0x7f, 0xf0],
          [0x7f, 0xf8],
          [0x3f, 0xf0],
        ]),
        0,
        0,
        0,
        0,
        0,
        0,
      ];
    case 4:
      return [0xcc + random.int(8), ...random.bytes(random.pick([1, 2, 4, 8]))];
    case 5:
      return [...sized(0xc4, 1, 3), 1, 2, 3];
    case 6:
      // A claim, mostly false: bytes, texts, extensions, arrays and maps of any size.
      return sized(random.pick([0xc6, 0xc9, 0xdb, 0xdd, 0xdf]), 4, random.pick(CLAIMS));
    case 7:
      return [0xd4 + random.int(5), ...random.bytes(random.int(18))];
    default:
      return text(random);
  }
}

function value(random: SeededRandom, depth: number): number[] {
  if (depth >= DEEPEST || random.int(3) === 0) return plain(random);
  const count = random.int(4);
  const inner = () => value(random, depth + 1);
  if (random.int(2) === 0) return [0x90 + count, ...Array.from({ length: count }, inner).flat()];
  const entry = () => [...(random.int(8) === 0 ? inner() : text(random)), ...inner()];
  return [0x80 + count, ...Array.from({ length: count }, entry).flat()];
}

/** MessagePack of any shape: mostly well-formed, with claims, wrong keys, deep nesting, and sometimes noise or a tail. */
export function messagePack(random: SeededRandom): Uint8Array {
  if (random.int(10) === 0) return random.bytes(random.int(200));
  if (random.int(10) === 0) return new Uint8Array(random.int(5_000)).fill(random.pick([0x91, 0x81, 0x80, 0x90, 0xdc]));
  const tail = random.int(10) === 0 ? random.bytes(random.int(8)) : [];
  return Uint8Array.from([...value(random, 0), ...tail]);
}
