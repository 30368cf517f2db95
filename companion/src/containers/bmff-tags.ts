import { bmffBoxes } from './bmff-boxes.ts';
import type { ByteSource } from './byte-source.ts';
import { descend, type Part } from './part.ts';
import { MAX_TAG_BYTES, MAX_TAGS, type TextTag } from './text-tag.ts';

/** Where lists of entries stand: of the file as iTunes writes them, of the movie as QuickTime does, of the file itself. */
const WAYS = [['moov', 'udta', 'meta'], ['moov', 'meta'], ['meta']] as const;
const WAY_TO_OWN_ENTRIES = ['moov', 'udta'];
/** Version and flags before the boxes of a `meta` box; QuickTime leaves them out. */
const VERSION_BYTES = 4;
/** Version, flags and count before the keys; length and name space before each; kind and language before a value. */
const [KEYS_HEAD_BYTES, KEY_HEAD_BYTES, VALUE_HEAD_BYTES] = [8, 8, 8];
/** QuickTime's own entries hold a length and a language before their text. */
const OWN_HEAD_BYTES = 4;
const OWN_ENTRY = /^\xa9/;

type Stretch = Pick<Part, 'start' | 'end'>;

/**
 * Text entries of an MP4 or MOV, named as they stand there: by key (QuickTime metadata, "mdta"), by four letters
 * ("\xa9cmt"), or by a name of their own ("----").
 */
export function* bmffTags(source: ByteSource): Generator<TextTag> {
  for (const way of WAYS) {
    for (const meta of descend(source, bmffBoxes, way)) yield* entriesOf(source, boxesOf(source, meta));
  }
  for (const own of descend(source, bmffBoxes, WAY_TO_OWN_ENTRIES)) {
    for (const { name, start, end } of bmffBoxes(source, own.start, own.end)) {
      if (OWN_ENTRY.test(name)) yield { name, text: textAt(source, start + OWN_HEAD_BYTES, end) };
    }
  }
}

function boxesOf(source: ByteSource, { start, end }: Stretch): Part[] {
  const isQuickTime = source.read(start + VERSION_BYTES, 4).toString('latin1') === 'hdlr';
  return [...bmffBoxes(source, isQuickTime ? start : start + VERSION_BYTES, end)];
}

function* entriesOf(source: ByteSource, boxes: readonly Part[]): Generator<TextTag> {
  const keys = boxes.find(({ name }) => name === 'keys');
  const names = keys ? keysIn(source, keys) : [];
  for (const list of boxes.filter(({ name }) => name === 'ilst')) {
    let count = 0;
    for (const entry of bmffBoxes(source, list.start, list.end)) {
      if (++count > MAX_TAGS) return;
      const inside = [...bmffBoxes(source, entry.start, entry.end)];
      const data = inside.find(({ name }) => name === 'data');
      if (!data) continue;
      const own = inside.find(({ name }) => name === 'name');
      const key = names[Buffer.from(entry.name, 'latin1').readUInt32BE(0) - 1];
      const name = own ? textAt(source, own.start + VERSION_BYTES, own.end) : (key ?? entry.name);
      yield { name, text: textAt(source, data.start + VALUE_HEAD_BYTES, data.end) };
    }
  }
}

function keysIn(source: ByteSource, { start, end }: Stretch): string[] {
  const names: string[] = [];
  for (let at = start + KEYS_HEAD_BYTES; at + KEY_HEAD_BYTES <= end && names.length < MAX_TAGS; ) {
    const size = source.read(at, 4).readUInt32BE(0);
    if (size < KEY_HEAD_BYTES || at + size > end) break;
    names.push(textAt(source, at + KEY_HEAD_BYTES, at + size));
    at += size;
  }
  return names;
}

const textAt = (source: ByteSource, start: number, end: number): string =>
  source.read(start, Math.max(0, Math.min(end - start, MAX_TAG_BYTES))).toString('utf8');
