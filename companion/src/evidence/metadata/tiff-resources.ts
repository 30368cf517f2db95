import { sourceOfBytes } from '../../containers/byte-source.ts';
import { tiffEntries } from '../../containers/tiff-entries.ts';
import { MAX_BLOCK_BYTES } from './metadata-block.ts';

/** Where a TIFF keeps IPTC-IIM itself, and the image resources that hold it as in a JPEG. */
const TAG = { iptc: 33_723, resources: 34_377 } as const;
/** Resource 0x0404 with an empty name. */
const RESOURCE_HEAD = Buffer.from('8BIM\x04\x04\0\0', 'latin1');

/** IPTC of a TIFF as image resources. @returns undefined where it has none, or too large ones */
export function tiffResources(bytes: Uint8Array): Uint8Array | undefined {
  let resources: Uint8Array | undefined;
  for (const { tag, start, end } of tiffEntries(sourceOfBytes(bytes))) {
    if (end - start > MAX_BLOCK_BYTES) continue;
    // Its own record is the newer one where programs write both.
    if (tag === TAG.iptc) return asResource(bytes.subarray(start, end));
    if (tag === TAG.resources) resources = bytes.subarray(start, end);
  }
  return resources;
}

function asResource(iptc: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(iptc.length);
  return Buffer.concat([RESOURCE_HEAD, length, iptc, Buffer.alloc(iptc.length % 2)]);
}
