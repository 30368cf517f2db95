import { inflateSync } from 'node:zlib';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import { isIntact, pngChunks } from '../../containers/png-chunks.ts';
import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS, withoutPrefix } from './metadata-block.ts';

/** Longest text read from one file, in bytes after unpacking; the largest ComfyUI workflows are under 1 MB. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
const MAX_TEXT_CHUNKS = 64;
const XMP_KEYWORD = 'XML:com.adobe.xmp';
const TEXT_TYPES: ReadonlySet<string> = new Set(['tEXt', 'zTXt', 'iTXt']);

interface TextEntry {
  readonly keyword: string;
  readonly text: string;
  /** Bytes after unpacking. */
  readonly size: number;
}

/**
 * Blocks of a PNG from IHDR to IEND: text chunks, the EXIF chunk, XMP, and the hexadecimal profiles that ImageMagick
 * writes. A chunk with a wrong checksum, or larger than allowed when unpacked, is left out; a file whose lengths do
 * not lead to IEND has none. Bytes after IEND are not looked at.
 */
export function pngBlocks(bytes: Uint8Array): MetadataBlocks {
  const text = new Map<string, string>();
  const source = sourceOfBytes(bytes);
  let exif: Uint8Array | undefined;
  let budget = MAX_TEXT_BYTES;
  let skipped = false;
  for (const chunk of pngChunks(source)) {
    const { name, start, end, whole } = chunk;
    if (!whole) break;
    if (name === 'IEND') {
      const profile = (of: string): Buffer | undefined => hexProfile(text.get(`Raw profile type ${of}`));
      const rawExif = exif ?? profile('exif') ?? profile('APP1');
      const xmp = text.get(XMP_KEYWORD);
      const packet = xmp === undefined ? profile('xmp') : Buffer.from(xmp);
      return {
        text,
        comments: [],
        exif: rawExif ? [withoutPrefix(rawExif)] : [],
        xmp: packet ? [packet] : [],
        photoshop: profile('iptc') ?? profile('8bim'),
        skipped,
      };
    }
    if (name === 'eXIf') {
      if (end - start <= MAX_BLOCK_BYTES && isIntact(source, chunk)) exif ??= bytes.subarray(start, end);
      else skipped = true;
    } else if (TEXT_TYPES.has(name)) {
      const readable = text.size < MAX_TEXT_CHUNKS && isIntact(source, chunk);
      const entry = readable ? readText(name, source.read(start, end - start), budget) : undefined;
      if (!entry) skipped = true;
      else if (!text.has(entry.keyword)) {
        text.set(entry.keyword, entry.text);
        budget -= entry.size;
      }
    }
  }
  return { ...NO_BLOCKS, skipped: true };
}

/** @returns undefined when the chunk is damaged or would unpack to more than `budget` bytes (a decompression bomb) */
function readText(type: string, data: Buffer, budget: number): TextEntry | undefined {
  const separator = data.indexOf(0);
  if (separator < 1 || separator > 79) return undefined;
  const keyword = data.toString('latin1', 0, separator);
  const rest = data.subarray(separator + 1);
  try {
    if (type === 'tEXt') return entryOf(keyword, rest, budget, 'latin1');
    if (type === 'zTXt') return entryOf(keyword, unpack(rest.subarray(1), budget), budget, 'latin1');
    const language = rest.indexOf(0, 2);
    const translated = rest.indexOf(0, language + 1);
    if (language < 0 || translated < 0) return undefined;
    const body = rest.subarray(translated + 1);
    return entryOf(keyword, rest[0] === 1 ? unpack(body, budget) : body, budget, 'utf8');
  } catch {
    return undefined;
  }
}

function entryOf(keyword: string, body: Buffer, budget: number, encoding: 'latin1' | 'utf8'): TextEntry | undefined {
  if (body.length > budget) return undefined;
  return { keyword, text: asText(body, encoding), size: body.length };
}

/** tEXt is Latin-1 by its standard, and UTF-8 in the files of many programs. */
function asText(body: Buffer, encoding: 'latin1' | 'utf8'): string {
  const utf8 = body.toString('utf8');
  return encoding === 'utf8' || !utf8.includes('�') ? utf8 : body.toString('latin1');
}

const unpack = (data: Buffer, budget: number): Buffer => inflateSync(data, { maxOutputLength: Math.max(1, budget) });

/** "\nexif\n      134\n4578..." as ImageMagick writes it. Every repetition before the digits has a bound: the text is hostile. */
function hexProfile(text: string | undefined): Buffer | undefined {
  const match =
    text === undefined ? null : /^\s{0,4}[\w.-][\w .-]{0,39}\n\s{0,40}(\d{1,8})\n([0-9a-fA-F\s]+)$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const bytes = Buffer.from(match[2].replace(/\s+/g, ''), 'hex');
  return bytes.length === Number(match[1]) && bytes.length <= MAX_BLOCK_BYTES ? bytes : undefined;
}
