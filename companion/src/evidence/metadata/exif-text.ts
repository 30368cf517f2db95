/** Length of the character code that begins a UserComment, in bytes. */
const CODE_BYTES = 8;

/**
 * Text of a UserComment or of a maker note that is one. The standard puts a character code in front; some generators
 * leave it out, UTF-16 comes in either byte order, and programs that follow Exif 3.0 write UTF-8 behind any code.
 */
export function decodeComment(bytes: Buffer): string {
  const code = bytes.toString('latin1', 0, CODE_BYTES);
  const body = bytes.subarray(CODE_BYTES);
  if (code === 'UNICODE\0') return utf8Of(body) ?? decodeUtf16(body, looksLittleEndian(body));
  if (code === 'ASCII\0\0\0' || code === '\0'.repeat(CODE_BYTES)) return trimmed(body.toString('utf8'));
  return trimmed(bytes.toString('utf8'));
}

/** @param littleEndian byte order, where no byte order mark says otherwise */
export function decodeUtf16(bytes: Buffer, littleEndian: boolean): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const isLittle = hasMark(even) ? even[0] === 0xff : littleEndian;
  const text = isLittle ? even.toString('utf16le') : Buffer.from(even).swap16().toString('utf16le');
  return trimmed(text.replace(/^\ufeff/, ''));
}

/** Whether a text begins with the byte order mark of UTF-16. */
export function hasMark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

const strict = new TextDecoder('utf-8', { fatal: true });
/** Control characters that no text holds: UTF-16 read as bytes is full of them. */
export const CONTROL = /(?![\t\n\r])\p{Cc}/u;

/** @returns undefined for what is no UTF-8, or not to be read as such */
function utf8Of(body: Buffer): string | undefined {
  try {
    const text = trimmed(strict.decode(body));
    return CONTROL.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Text looked at to tell the byte order, in bytes: the settings behind a long prompt are told from the prompt itself. */
const LOOKED_AT = 4096;
/** What settings are written with, and what no text has: private places, halves of pairs, control characters. */
const PLAIN = /[ -~\n]/g;
const UNLIKELY = /(?![\t\n\r])[\p{Cc}\p{Co}\p{Cs}\p{Cn}]/gu;
/** Wrong bytes make letters of most scripts; a character that none has weighs as much as several plain ones. */
const WEIGHT_UNLIKELY = 4;

/** The order in which the text decodes to the likelier characters: a count of zero bytes says nothing of Chinese. */
function looksLittleEndian(bytes: Buffer): boolean {
  const even = Buffer.from(bytes.subarray(0, Math.min(LOOKED_AT, bytes.length - (bytes.length % 2))));
  const little = even.toString('utf16le');
  return likelihood(little) >= likelihood(even.swap16().toString('utf16le'));
}

const likelihood = (text: string): number =>
  (text.match(PLAIN)?.length ?? 0) - WEIGHT_UNLIKELY * (text.replace(/\0+$/, '').match(UNLIKELY)?.length ?? 0);

/** Without the zeros at the end. By hand: a pattern starts anew at every zero of a megabyte of them. */
function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}
