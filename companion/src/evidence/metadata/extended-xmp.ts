import { MAX_BLOCK_BYTES } from './metadata-block.ts';
import { readXmpFields } from './xmp-fields.ts';

/** Number of the whole, by which the packet names it, its length, and where the part belongs (XMP specification, part 3, 1.1.3.1). */
const GUID_BYTES = 32;
const HEAD_BYTES = GUID_BYTES + 8;

/** The part of an XMP packet that did not fit into its segment, put together from those that hold it. */
export interface ExtendedXmp {
  /** @param part content of a segment, behind its name */
  add(part: Uint8Array): void;
  /** @returns what the packets name as theirs, where all of it is there. The number is a digest, which few programs make right. */
  whole(packets: readonly Uint8Array[]): Uint8Array | undefined;
}

export function createExtendedXmp(): ExtendedXmp {
  const parts: { readonly guid: string; readonly total: number; readonly at: number; readonly data: Buffer }[] = [];
  return {
    add(part) {
      const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
      if (bytes.length < HEAD_BYTES) return;
      const [total, at] = [bytes.readUInt32BE(GUID_BYTES), bytes.readUInt32BE(GUID_BYTES + 4)];
      const guid = bytes.toString('latin1', 0, GUID_BYTES);
      parts.push({ guid, total, at, data: bytes.subarray(HEAD_BYTES) });
    },
    whole(packets) {
      if (parts.length === 0) return undefined;
      for (const packet of packets) {
        const guid = readXmpFields(packet).get('HasExtendedXMP');
        const own = parts.filter((part) => part.guid === guid).sort((a, b) => a.at - b.at);
        const total = own[0]?.total ?? 0;
        if (total === 0 || total > MAX_BLOCK_BYTES) continue;
        let end = 0;
        const follows = own.every(({ at, data }) => {
          const next = at === end;
          end += data.length;
          return next;
        });
        if (follows && end === total) return Buffer.concat(own.map(({ data }) => data));
      }
      return undefined;
    },
  };
}
