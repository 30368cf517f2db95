import { crc32, inflateSync } from 'node:zlib';

/** Longest text read from one file, in bytes after unpacking; the largest ComfyUI workflows are under 1 MB. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
const MAX_TEXT_CHUNKS = 64;
const SIGNATURE_BYTES = 8;

/**
 * Text chunks (tEXt, zTXt, iTXt) of a well-formed PNG: from IHDR to IEND, lengths that fit, right checksums.
 * @returns nothing at all when any of it does not hold; bytes after IEND are not looked at
 */
export function pngText(bytes: Uint8Array): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let budget = MAX_TEXT_BYTES;
  for (let at = SIGNATURE_BYTES; at + 12 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > buffer.length) return new Map();
    const type = buffer.toString('latin1', at + 4, at + 8);
    if (at === SIGNATURE_BYTES && type !== 'IHDR') return new Map();
    if (type === 'IEND') return texts;
    if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') {
      if (crc32(buffer.subarray(at + 4, end - 4)) !== buffer.readUInt32BE(end - 4)) return new Map();
      const entry = texts.size < MAX_TEXT_CHUNKS ? readText(type, buffer.subarray(at + 8, end - 4), budget) : undefined;
      if (entry) {
        texts.set(entry.keyword, entry.text);
        budget -= entry.text.length;
      }
    }
    at = end;
  }
  return new Map();
}

function readText(type: string, data: Buffer, budget: number): { keyword: string; text: string } | undefined {
  const separator = data.indexOf(0);
  if (separator < 1 || separator > 79) return undefined;
  const keyword = data.toString('latin1', 0, separator);
  const rest = data.subarray(separator + 1);
  try {
    if (type === 'tEXt') return { keyword, text: rest.subarray(0, budget).toString('latin1') };
    if (type === 'zTXt') return { keyword, text: unpack(rest.subarray(1), budget).toString('latin1') };
    const compressed = rest[0] === 1;
    const language = rest.indexOf(0, 2);
    const translated = rest.indexOf(0, language + 1);
    if (language < 0 || translated < 0) return undefined;
    const body = rest.subarray(translated + 1);
    return { keyword, text: (compressed ? unpack(body, budget) : body.subarray(0, budget)).toString('utf8') };
  } catch {
    // Damaged or larger than allowed when unpacked (a decompression bomb): no text, no evidence.
    return undefined;
  }
}

const unpack = (data: Buffer, budget: number): Buffer => inflateSync(data, { maxOutputLength: Math.max(1, budget) });
