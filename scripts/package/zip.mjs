import { crc32, deflateRawSync } from 'node:zlib';

/** Midnight of 1 January 1980, the first date of the format: the same contents make the same file, whenever they are packed. */
const DATE = (1 << 5) | 1;
const NEEDS_VERSION = 20;
const MADE_BY_UNIX = (3 << 8) | NEEDS_VERSION;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** An ordinary file that everybody may read, as Unix writes it. */
const MODE = (0o100644 << 16) >>> 0;

/**
 * A zip of files, in the order of their names, the same bytes for the same contents on every system.
 * @param {ReadonlyMap<string, Buffer>} files by their names, with slashes
 * @returns {Buffer}
 */
export function zipOf(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const name of [...files.keys()].toSorted()) {
    const contents = files.get(name);
    const packed = deflateRawSync(contents, { level: 9 });
    const bytes = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(NEEDS_VERSION, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(contents), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(contents.length, 18);
    common.writeUInt16LE(bytes.length, 22);
    const entry = Buffer.concat([signature('PK\x03\x04'), common, bytes, packed]);
    const made = Buffer.alloc(2);
    made.writeUInt16LE(MADE_BY_UNIX);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(MODE, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature('PK\x01\x02'), made, common, rest, bytes]));
    parts.push(entry);
    offset += entry.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, signature('PK\x05\x06'), end]);
}

const signature = (text) => Buffer.from(text, 'latin1');
