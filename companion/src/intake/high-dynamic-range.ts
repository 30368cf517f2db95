import { bmffBoxes } from '../containers/bmff-boxes.ts';
import { sourceOfBytes } from '../containers/byte-source.ts';
import { descend } from '../containers/part.ts';
import { pngChunks } from '../containers/png-chunks.ts';
import type { PictureFormat } from './sniff.ts';

/** Transfer functions of high dynamic range: PQ (SMPTE ST 2084) and HLG (ITU-T H.273, table 3). */
const HIGH_RANGE: ReadonlySet<number> = new Set([16, 18]);
/** Version and flags, before the boxes of `meta`. */
const VERSION_BYTES = 4;
/** Where `cICP` and `colr` name the transfer function. */
const [CICP_TRANSFER_AT, NCLX_TRANSFER_AT] = [1, 6];

/**
 * Whether a picture's numbers are meant for screens of high dynamic range. The decoder hands them out as if they were
 * ordinary ones: a grey veil over everything, which no model was measured on.
 */
export function isHighDynamicRange(bytes: Uint8Array, format: PictureFormat): boolean {
  const source = sourceOfBytes(bytes);
  if (format === 'png') {
    for (const { name, start, end } of pngChunks(source)) {
      if (name === 'IDAT') return false;
      if (name === 'cICP') return end - start >= 4 && HIGH_RANGE.has(bytes[start + CICP_TRANSFER_AT] ?? 0);
    }
  }
  if (format !== 'avif') return false;
  for (const meta of bmffBoxes(source)) {
    if (meta.name !== 'meta') continue;
    const inside = { start: meta.start + VERSION_BYTES, end: meta.end };
    for (const { start, end } of descend(source, bmffBoxes, ['iprp', 'ipco', 'colr'], inside)) {
      const colours = source.read(start, Math.min(end - start, 11));
      if (colours.length < 8 || colours.toString('latin1', 0, 4) !== 'nclx') continue;
      if (HIGH_RANGE.has(colours.readUInt16BE(NCLX_TRANSFER_AT))) return true;
    }
  }
  return false;
}
