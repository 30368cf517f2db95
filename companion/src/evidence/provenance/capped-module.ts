const MEMORY_SECTION = 5;
const HEADER_BYTES = 8;
const PAGE_BYTES = 65_536;

/**
 * The same WebAssembly module with a ceiling for its memory, so that a hostile file cannot take the computer's: growth
 * beyond fails inside the module, which ends the file and not the process.
 * @param code module with one memory without a maximum, as Rust's tool chain makes it
 * @param maxBytes rounded down to pages of 64 kB
 * @throws Error when the module is not made like that
 */
export function capModuleMemory(code: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer> {
  for (let at = HEADER_BYTES; at < code.length; ) {
    const [size, body] = readUnsigned(code, at + 1);
    if (code[at] === MEMORY_SECTION) {
      const [count, flags] = [code[body], code[body + 1]];
      if (count !== 1 || flags !== 0) throw new Error('the memory of the module is not as expected');
      const minimum = code.subarray(body + 2, body + size);
      const section = [1, 1, ...minimum, ...writeUnsigned(Math.floor(maxBytes / PAGE_BYTES))];
      return Uint8Array.from(
        Buffer.concat([
          code.subarray(0, at),
          Buffer.from([MEMORY_SECTION, ...writeUnsigned(section.length), ...section]),
          code.subarray(body + size),
        ]),
      );
    }
    at = body + size;
  }
  throw new Error('the module has no memory');
}

/** LEB128. @returns the value and where the next byte is */
function readUnsigned(code: Uint8Array, from: number): [value: number, next: number] {
  let value = 0;
  for (let at = from, shift = 0; shift < 35; at++, shift += 7) {
    const byte = code[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at + 1];
  }
  throw new Error('the module is damaged');
}

function writeUnsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}
