import type { ByteSource } from '../containers/byte-source.ts';
import { sourceOfBytes } from '../containers/byte-source.ts';
import { type TiffDirectory, tiffDirectories } from '../containers/tiff-directories.ts';
import type { PictureFormat } from './sniff.ts';

/** Tags of a directory: how its numbers are meant, and what only DNG files have (DNG 1.7, chapter 4). */
const [PHOTOMETRIC, DNG_VERSION] = [262, 50_706];
/** Numbers of the sensor: one colour a place, or all of them before any rendering. */
const SENSOR_DATA: ReadonlySet<number> = new Set([32_803, 34_892]);
/** Behind the head of a Canon raw file, version 2. */
const CR2_MARK = { at: 8, text: 'CR' } as const;

const isSensorData = (values: TiffDirectory): boolean =>
  values.has(DNG_VERSION) || SENSOR_DATA.has(values.get(PHOTOMETRIC) ?? 0);

function isCanonRaw(source: ByteSource): boolean {
  return source.read(CR2_MARK.at, CR2_MARK.text.length).toString('latin1') === CR2_MARK.text;
}

/**
 * Whether a file holds what a camera's sensor measured (DNG, NEF, CR2, ARW, PEF...): a TIFF whose first picture is a small preview,
 * which no verdict on the photograph may rest on.
 */
export function isRawPhoto(bytes: Uint8Array, format: PictureFormat): boolean {
  if (format !== 'tiff') return false;
  const source = sourceOfBytes(bytes);
  return isCanonRaw(source) || [...tiffDirectories(source)].some(isSensorData);
}
