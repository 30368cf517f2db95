import {
  MAX_COLLECTION_ITEMS,
  MAX_MESSAGE_BYTES,
  MAX_MESSAGE_DEPTH,
  MAX_MESSAGE_ITEMS,
  MAX_MESSAGE_TEXT_BYTES,
  MAX_TEXT_BYTES,
  MAX_UNPROVEN_BYTES,
} from './limits.ts';

/** What one message may cost before it is decoded. */
export interface MessageBudget {
  /** Encoded bytes of the whole. */
  readonly bytes: number;
  /** Maps and arrays inside one another. */
  readonly depth: number;
  /** Values in all, keys included. */
  readonly items: number;
  /** Entries of one map or array. */
  readonly collection: number;
  /** Bytes of one text, and of all texts together. */
  readonly text: number;
  readonly texts: number;
}

/** For everybody who has proved the secret. */
export const MESSAGE_BUDGET: MessageBudget = {
  bytes: MAX_MESSAGE_BYTES,
  depth: MAX_MESSAGE_DEPTH,
  items: MAX_MESSAGE_ITEMS,
  collection: MAX_COLLECTION_ITEMS,
  text: MAX_TEXT_BYTES,
  texts: MAX_MESSAGE_TEXT_BYTES,
};

/** For everything before that. */
export const UNPROVEN_BUDGET: MessageBudget = { ...MESSAGE_BUDGET, bytes: MAX_UNPROVEN_BYTES };

/** MessagePack's first bytes that say more than themselves (the format's specification, "Formats"). */
const NIL = 0xc0;
const FALSE = 0xc2;
const TRUE = 0xc3;
const BIN_8 = 0xc4;
const FLOAT_32 = 0xca;
const FLOAT_64 = 0xcb;
const UINT_8 = 0xcc;
const INT_8 = 0xd0;
const STR_8 = 0xd9;
const ARRAY_16 = 0xdc;
const MAP_16 = 0xde;
const NEGATIVE_FIXINT = 0xe0;

/**
 * Walks one MessagePack value from its first byte to its last without building anything of it: one pass, no recursion,
 * memory for `depth` numbers. Declared lengths are counted when they are read, so that a claim costs nothing.
 * @throws RangeError for what is larger or deeper than the budget, ends early or late, has keys that are no text, numbers
 * that are not finite, or extension types
 */
export function checkBudget(bytes: Uint8Array, budget: MessageBudget): void {
  if (bytes.length > budget.bytes) throw new RangeError(`${bytes.length} bytes in one message`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Values still to come of each open collection, the whole message being the outermost. */
  const left = new Uint32Array(budget.depth + 1);
  const isMap = new Uint8Array(budget.depth + 1);
  let [offset, level, items, texts] = [0, 0, 0, 0];
  left[0] = 1;

  function skip(length: number): number {
    const start = offset;
    offset += length;
    if (offset > bytes.length) throw new RangeError('the message ends early');
    return start;
  }

  /** Unsigned integer of 1, 2 or 4 bytes. */
  function length(size: number): number {
    const at = skip(size);
    if (size === 1) return view.getUint8(at);
    return size === 2 ? view.getUint16(at) : view.getUint32(at);
  }

  function text(size: number): void {
    texts += size;
    if (size > budget.text || texts > budget.texts) throw new RangeError('too much text in one message');
    skip(size);
  }

  function open(entries: number, valuesPerEntry: 1 | 2): void {
    if (entries > budget.collection) throw new RangeError(`${entries} entries in one collection`);
    level += 1;
    if (level > budget.depth) throw new RangeError('the message is nested too deeply');
    left[level] = entries * valuesPerEntry;
    isMap[level] = valuesPerEntry - 1;
  }

  function finite(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError('a number that is not finite');
  }

  function walk(first: number): void {
    if (first < 0x80 || first >= NEGATIVE_FIXINT) return;
    if (first < 0x90) open(first & 15, 2);
    else if (first < 0xa0) open(first & 15, 1);
    else if (first < NIL) text(first & 31);
    else if (first === NIL || first === FALSE || first === TRUE) return;
    else if (first >= BIN_8 && first < BIN_8 + 3) skip(length(1 << (first - BIN_8)));
    else if (first === FLOAT_32) finite(view.getFloat32(skip(4)));
    else if (first === FLOAT_64) finite(view.getFloat64(skip(8)));
    else if (first >= UINT_8 && first < UINT_8 + 4) skip(1 << (first - UINT_8));
    else if (first >= INT_8 && first < INT_8 + 4) skip(1 << (first - INT_8));
    else if (first >= STR_8 && first < STR_8 + 3) text(length(1 << (first - STR_8)));
    else if (first === ARRAY_16 || first === ARRAY_16 + 1) open(length(2 << (first - ARRAY_16)), 1);
    else if (first === MAP_16 || first === MAP_16 + 1) open(length(2 << (first - MAP_16)), 2);
    // The one first byte that is never used, and extension types.
    else throw new RangeError(`a value of type ${first.toString(16)}`);
  }

  while (level > 0 || left[0] === 1) {
    const open = left[level] ?? 0;
    if (open === 0) {
      level -= 1;
      continue;
    }
    left[level] = open - 1;
    items += 1;
    if (items > budget.items) throw new RangeError('too many values in one message');
    const first = length(1);
    const isText = (first >= 0xa0 && first < NIL) || (first >= STR_8 && first < STR_8 + 3);
    if (isMap[level] === 1 && open % 2 === 0 && !isText) throw new RangeError('a key that is no text');
    walk(first);
  }
  if (offset < bytes.length) throw new RangeError('bytes after the message');
}
