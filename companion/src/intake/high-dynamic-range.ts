import { av1Transfer } from '../containers/av1-sequence.ts';
import { bmffBoxes } from '../containers/bmff-boxes.ts';
import { bmffItems } from '../containers/bmff-items.ts';
import { type ByteSource, sourceOfBytes } from '../containers/byte-source.ts';
import { descend } from '../containers/part.ts';
import { pngChunks } from '../containers/png-chunks.ts';
import { isHighRangeName } from './high-range-profile.ts';
import type { PictureFormat } from './sniff.ts';
import { HIGH_RANGE } from './transfer-functions.ts';

/** Longest name of a colour profile in a PNG, with the zero behind it. */
const MAX_PROFILE_NAME_BYTES = 80;
/** Version and flags, before the boxes of `meta`. */
const VERSION_BYTES = 4;
/** Where `cICP` and `colr` name the transfer function. */
const [CICP_TRANSFER_AT, NCLX_TRANSFER_AT] = [1, 6];

/**
 * Whether a picture's container says that its numbers are meant for screens of high dynamic range. The decoder hands them
 * out as if they were ordinary ones: a grey veil over everything, which no model was measured on. A colour profile may say
 * it too (`isHighRangeProfile`).
 */
export function isHighDynamicRange(bytes: Uint8Array, format: PictureFormat): boolean {
  const source = sourceOfBytes(bytes);
  if (format === 'png') return isHighRangePng(source);
  return format === 'avif' && isHighRangeAvif(source);
}

/** Bytes of an item in which its sequence header lies. */
const SEQUENCE_BYTES = 512;

/** What the container says of its colours counts before what the pictures inside say (MIAF, 7.3.6.4). */
function isHighRangeAvif(source: ByteSource): boolean {
  let told = false;
  for (const meta of bmffBoxes(source)) {
    if (meta.name !== 'meta') continue;
    const inside = { start: meta.start + VERSION_BYTES, end: meta.end };
    for (const { start, end } of descend(source, bmffBoxes, ['iprp', 'ipco', 'colr'], inside)) {
      const colours = source.read(start, Math.min(end - start, 11));
      if (colours.length < 8 || colours.toString('latin1', 0, 4) !== 'nclx') continue;
      told = true;
      if (HIGH_RANGE.has(colours.readUInt16BE(NCLX_TRANSFER_AT))) return true;
    }
  }
  if (told) return false;
  for (const { start, end } of bmffItems(source)) {
    if (HIGH_RANGE.has(av1Transfer(source.read(start, Math.min(end - start, SEQUENCE_BYTES))) ?? 0)) return true;
  }
  return false;
}

/** The chunk with numbers counts before the profile, whose name is all that some writers had (W3C PNG, third edition, 11.3.2). */
function isHighRangePng(source: ByteSource): boolean {
  let named = false;
  for (const { name, start, end } of pngChunks(source)) {
    if (name === 'IDAT') break;
    if (name === 'cICP') return end - start >= 4 && HIGH_RANGE.has(source.read(start + CICP_TRANSFER_AT, 1)[0] ?? 0);
    if (name === 'iCCP') {
      const [profile = ''] = source
        .read(start, Math.min(end - start, MAX_PROFILE_NAME_BYTES))
        .toString('latin1')
        .split('\0', 1);
      named = isHighRangeName(profile);
    }
  }
  return named;
}
