import { bmffBoxes } from '../../containers/bmff-boxes.ts';
import { bmffTags } from '../../containers/bmff-tags.ts';
import type { ByteSource } from '../../containers/byte-source.ts';
import { matroskaTags } from '../../containers/matroska-tags.ts';
import { descend } from '../../containers/part.ts';
import { jsonObject } from './json-field.ts';
import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS } from './metadata-block.ts';

/** Text of all entries together, in characters. */
const MAX_TEXT = 4 * 1024 * 1024;
const MAX_COMMENTS = 8;
/** Reads of the file: it is read between other work. What stands behind thousands of clusters is not looked for. */
const MAX_READS = 4_000;

const EBML = '1a45dfa3';
/** Box of XMP at the top of an MP4, and the box of a MOV (XMP specification, part 3, 1.1.7 and 1.2.6). */
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
const UUID_BYTES = 16;
const WAY_TO_XMP = ['moov', 'udta', 'XMP_'];

/** Entries for people's words, by any container's name; of others the last part of the name counts. */
const COMMENT = /^(?:\xa9cmt|comment)$/;
const NAMES: Readonly<Record<string, string>> = { aigc: 'AIGC', software: 'Software', '\xa9swr': 'Software' };

/**
 * What an MP4, MOV, WebM or Matroska file says about itself: entries by name, in small letters, comments apart, and XMP.
 * @param source an open file, or bytes
 */
export function videoBlocks(source: ByteSource): MetadataBlocks {
  const bounded = boundedSource(source);
  const text = new Map<string, string>();
  const comments: string[] = [];
  let budget = MAX_TEXT;
  const isMatroska = bounded.read(0, 4).toString('hex') === EBML;
  for (const { name, text: value } of isMatroska ? matroskaTags(bounded) : bmffTags(bounded)) {
    budget -= value.length;
    if (budget < 0) return { ...NO_BLOCKS, text, comments, skipped: true };
    const key = keyOf(name);
    if (!COMMENT.test(key)) {
      if (!text.has(key)) text.set(key, value);
    } else if (comments.length < MAX_COMMENTS) comments.push(value);
  }
  const label = comments.map(labelIn).find((found) => found !== undefined);
  if (label !== undefined && !text.has('AIGC')) text.set('AIGC', label);
  return { ...NO_BLOCKS, text, comments, xmp: isMatroska ? [] : [...xmpOf(bounded)].slice(0, 1) };
}

function keyOf(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return NAMES[last] ?? last;
}

/** The Chinese label as the whole of a comment; the standard names no other member beside it. */
function labelIn(comment: string): string | undefined {
  const { AIGC, ...rest } = jsonObject(comment) ?? {};
  if (AIGC === undefined || Object.keys(rest).length > 0) return undefined;
  return typeof AIGC === 'string' ? AIGC : JSON.stringify(AIGC);
}

function* xmpOf(source: ByteSource): Generator<Uint8Array> {
  for (const { name, start, end, whole } of bmffBoxes(source)) {
    if (name !== 'uuid' || !whole || source.read(start, UUID_BYTES).toString('hex') !== XMP_UUID) continue;
    if (end - start <= MAX_BLOCK_BYTES) yield source.read(start + UUID_BYTES, end - start - UUID_BYTES);
  }
  for (const { start, end } of descend(source, bmffBoxes, WAY_TO_XMP)) {
    if (end - start <= MAX_BLOCK_BYTES) yield source.read(start, end - start);
  }
}

function boundedSource(source: ByteSource): ByteSource {
  let reads = 0;
  return {
    size: source.size,
    read: (start, length) => (++reads > MAX_READS ? Buffer.alloc(0) : source.read(start, length)),
  };
}
