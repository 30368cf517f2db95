/** Length of the character code that begins a UserComment, in bytes. */
const CODE_BYTES = 8;

/**
 * Text of a UserComment or of a maker note that is one. The standard puts a character code in front; some generators
 * leave it out, and UTF-16 comes in either byte order.
 */
export function decodeComment(bytes: Buffer): string {
  const code = bytes.toString('latin1', 0, CODE_BYTES);
  const body = bytes.subarray(CODE_BYTES);
  if (code === 'UNICODE\0') return decodeUtf16(body, looksLittleEndian(body));
  if (code === 'ASCII\0\0\0' || code === '\0'.repeat(CODE_BYTES)) return trimmed(body.toString('utf8'));
  return trimmed(bytes.toString('utf8'));
}

/** @param littleEndian byte order, where no byte order mark says otherwise */
export function decodeUtf16(bytes: Buffer, littleEndian: boolean): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = littleEndian ? even.toString('utf16le') : Buffer.from(even).swap16().toString('utf16le');
  return trimmed(text.replace(/^\ufeff/, ''));
}

/** Settings are mostly ASCII: the zero bytes tell the order. */
function looksLittleEndian(bytes: Buffer): boolean {
  let [zerosFirst, zerosSecond] = [0, 0];
  for (let at = 0; at + 1 < Math.min(bytes.length, 512); at += 2) {
    if (bytes[at] === 0) zerosFirst++;
    if (bytes[at + 1] === 0) zerosSecond++;
  }
  return zerosSecond >= zerosFirst;
}

/** Without the zeros at the end. By hand: a pattern starts anew at every zero of a megabyte of them. */
function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}
