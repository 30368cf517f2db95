import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TouchstoneError } from '@touchstone/shared';

/** One field of a message. `start` and `end` are offsets into the file, of the payload where the field has a length. */
export interface ProtobufField {
  readonly number: number;
  /** Value of a varint; 0 for other fields. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
  /** Whether it holds bytes: a text, a message, packed numbers. */
  readonly nested: boolean;
}

/** Bytes held at once: weights are skipped, not read. */
const WINDOW_BYTES = 64 * 1024;
/** Fields of one file; the largest graphs we know have 40,000. */
const MAX_FIELDS = 4_000_000;
/** Longest text taken out of a file, in bytes; names of exporters are under 300. */
const MAX_TEXT_BYTES = 4096;
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export interface ProtobufFile {
  readonly size: number;
  /** @throws TouchstoneError `pack-invalid` where the bytes are no message */
  fields(start: number, end: number): Generator<ProtobufField>;
  /** @throws TouchstoneError `pack-invalid` where it is longer than any name */
  text(field: ProtobufField): string;
  close(): void;
}

const malformed = (): TouchstoneError => new TouchstoneError('pack-invalid', 'the model is not an ONNX file');

/** Opens a file of protocol buffers and reads it in place, in bounded memory. */
export function openProtobuf(path: string): ProtobufFile {
  const descriptor = openSync(path, 'r');
  const { size } = fstatSync(descriptor);
  const window = new Uint8Array(WINDOW_BYTES);
  let [from, length, seen] = [0, 0, 0];

  function byte(at: number): number {
    if (at < from || at >= from + length) {
      from = at;
      length = readSync(descriptor, window, 0, WINDOW_BYTES, at);
    }
    const value = window[at - from];
    if (value === undefined || at >= from + length) throw malformed();
    return value;
  }

  /** A whole number; beyond 53 bits it is none that a file of ours holds, but a valid field all the same. */
  function varint(at: number, end: number): { value: number; next: number } {
    let value = 0;
    for (let i = 0; i < 10 && at + i < end; i++) {
      const part = byte(at + i);
      value += (part & 0x7f) * 2 ** (7 * i);
      if (part < 0x80) return { value, next: at + i + 1 };
    }
    throw malformed();
  }

  function* fields(start: number, end: number): Generator<ProtobufField> {
    for (let at = start; at < end; ) {
      if (++seen > MAX_FIELDS) throw new TouchstoneError('pack-invalid', 'the model has more parts than any we know');
      const key = varint(at, end);
      const [number, wire] = [Math.floor(key.value / 8), key.value % 8];
      if (number === 0) throw malformed();
      if (wire === WIRE.varint) {
        const { value, next } = varint(key.next, end);
        yield { number, value, start: key.next, end: next, nested: false };
        at = next;
        continue;
      }
      const head = wire === WIRE.bytes ? varint(key.next, end) : undefined;
      if (!head && wire !== WIRE.fixed64 && wire !== WIRE.fixed32) throw malformed();
      const begin = head?.next ?? key.next;
      const stop = begin + (head?.value ?? (wire === WIRE.fixed64 ? 8 : 4));
      if (stop > end) throw malformed();
      yield { number, value: 0, start: begin, end: stop, nested: head !== undefined };
      at = stop;
    }
  }

  return {
    size,
    fields,
    text({ start, end }) {
      if (end - start > MAX_TEXT_BYTES) throw malformed();
      return Buffer.from(Uint8Array.from({ length: end - start }, (_, i) => byte(start + i))).toString('utf8');
    },
    close: () => closeSync(descriptor),
  };
}
