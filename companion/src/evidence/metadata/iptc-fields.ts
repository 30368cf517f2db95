import ExifReader from 'exifreader';

/** Fields of IPTC-IIM as text, by the reader's names. */
export type IptcFields = ReadonlyMap<string, string>;

const MAX_FIELD_LENGTH = 4096;
const MAX_SEGMENT_BYTES = 65_533;
const PHOTOSHOP = Buffer.from('Photoshop 3.0\0', 'latin1');

/**
 * @param photoshop image resources, as the container held them
 * @returns no fields when they cannot be read
 */
export function readIptcFields(photoshop: Uint8Array | undefined): IptcFields {
  const fields = new Map<string, string>();
  if (!photoshop || photoshop.length + PHOTOSHOP.length > MAX_SEGMENT_BYTES) return fields;
  try {
    const { iptc } = ExifReader.load(jpegAround(photoshop), { expanded: true });
    for (const [name, tag] of Object.entries(iptc ?? {})) {
      const first: unknown = Array.isArray(tag) ? tag[0] : tag;
      const text =
        typeof first === 'object' && first !== null && 'description' in first ? first.description : undefined;
      if (typeof text === 'string' && text) fields.set(name, text.slice(0, MAX_FIELD_LENGTH));
    }
  } catch {
    return new Map();
  }
  return fields;
}

/** The reader takes files only: a JPEG that holds this one segment. */
function jpegAround(photoshop: Uint8Array): Buffer {
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xed, 0, 0]);
  head.writeUInt16BE(2 + PHOTOSHOP.length + photoshop.length, 4);
  return Buffer.concat([head, PHOTOSHOP, photoshop, Buffer.from([0xff, 0xd9])]);
}
