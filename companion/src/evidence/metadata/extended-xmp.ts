import { createHash } from 'node:crypto';
import { MAX_BLOCK_BYTES } from './metadata-block.ts';
import { readXmpFields } from './xmp-fields.ts';

/** MD5 of the whole in hexadecimal, its length, and where the part belongs (XMP specification, part 3, 1.1.3.1). */
const GUID_BYTES = 32;
const HEAD_BYTES = GUID_BYTES + 8;

/** The part of an XMP packet that did not fit into its segment, put together from those that hold it. */
export interface ExtendedXmp {
  /** @param part content of a segment, behind its name */
  add(part: Uint8Array): void;
  /** @returns what the packets name as theirs, where all of it is there and is what they name */
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
        const own = parts.filter((part) => part.guid === guid);
        const total = own[0]?.total ?? 0;
        if (total === 0 || total > MAX_BLOCK_BYTES) continue;
        const joined = Buffer.alloc(total);
        for (const { at, data } of own) data.copy(joined, Math.min(at, total));
        if (createHash('md5').update(joined).digest('hex').toUpperCase() === guid) return joined;
      }
      return undefined;
    },
  };
}
