import { createHash } from 'node:crypto';
import { JPEG_MARKER, type JpegSegmentData } from '../../containers/jpeg-segments.ts';

/** A quantisation table: 64 steps in zigzag order. */
export type QuantisationTable = readonly number[];

const TABLE_SIZE = 64;
const MAX_TABLES = 4;

// Standard tables of ITU-T T.81 (annex K.1, K.2), in zigzag order.
const LUMINANCE: QuantisationTable = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
  60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121,
  112, 100, 120, 92, 101, 103, 99,
];
const CHROMINANCE: QuantisationTable = [
  17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99,
];

/** @returns the tables of a JPEG by their number, as its segments define them before the image data */
export function quantisationTables(segments: readonly JpegSegmentData[]): QuantisationTable[] {
  const tables: QuantisationTable[] = [];
  for (const { marker, data } of segments) {
    if (marker !== JPEG_MARKER.dqt) continue;
    for (let at = 0; at < data.length; ) {
      const head = data[at] ?? 0;
      const wide = head >> 4 !== 0;
      const size = wide ? TABLE_SIZE * 2 : TABLE_SIZE;
      const id = head & 0x0f;
      if (at + 1 + size > data.length || id >= MAX_TABLES) break;
      tables[id] = Array.from({ length: TABLE_SIZE }, (_, i) =>
        wide ? ((data[at + 1 + i * 2] ?? 0) << 8) | (data[at + 2 + i * 2] ?? 0) : (data[at + 1 + i] ?? 0),
      );
      at += 1 + size;
    }
  }
  return tables.filter((table) => table !== undefined);
}

/** The table that the IJG encoder makes of a standard table at a quality of 1..100. */
export function standardTable(base: 'luminance' | 'chrominance', quality: number): QuantisationTable {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return (base === 'luminance' ? LUMINANCE : CHROMINANCE).map((step) =>
    Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))),
  );
}

const same = (a: QuantisationTable, b: QuantisationTable): boolean => a.every((step, i) => step === b[i]);

/** @returns the quality at which the standard tables are exactly these, or undefined */
export function standardQuality([luminance, chrominance]: readonly QuantisationTable[]): number | undefined {
  if (!luminance) return undefined;
  for (let quality = 1; quality <= 100; quality++) {
    if (!same(luminance, standardTable('luminance', quality))) continue;
    if (!chrominance || same(chrominance, standardTable('chrominance', quality))) return quality;
  }
  return undefined;
}

/** @returns 12 hexadecimal digits that stand for a set of tables */
export function tablesFingerprint(tables: readonly QuantisationTable[]): string {
  return createHash('sha256')
    .update(tables.map((table) => table.join()).join(';'))
    .digest('hex')
    .slice(0, 12);
}
