import type { RawPicture } from '@touchstone/models';
import { type FactName, type FactValue, type FileFact, fillSentence } from '@touchstone/shared';
import { type JpegSegmentData, jpegHeader } from '../../containers/jpeg-segments.ts';
import { quantisationTables, standardQuality, tablesFingerprint } from './jpeg-tables.ts';
import { earlierSave } from './resave-estimate.ts';
import { tableFamily } from './table-families.ts';

const fact = (name: FactName, value: string): FileFact => ({ group: 'encoding', name, value, private: false });
const words = (template: FactValue, details: Readonly<Record<string, unknown>> = {}): string =>
  fillSentence(template, details);

/** How a JPEG was encoded: tables, sampling, order. Neutral facts. */
export function encodingFacts(bytes: Uint8Array): FileFact[] {
  const { segments } = jpegHeader(bytes);
  const tables = quantisationTables(segments);
  const facts: FileFact[] = [];
  if (tables.length > 0) {
    const quality = standardQuality(tables);
    const fingerprint = tablesFingerprint(tables);
    const family = tableFamily(fingerprint);
    facts.push(
      fact(
        'Quantisation tables',
        quality === undefined
          ? family
            ? words('own tables, as {family} uses them', { family })
            : words('own tables')
          : words('standard, quality {quality}', { quality }),
      ),
      fact('Fingerprint of the tables', fingerprint),
    );
  }
  const frame = segments.find(({ marker }) => FRAMES.has(marker));
  const sampling = frame && chromaSampling(frame);
  if (sampling) facts.push(fact('Chroma sampling', sampling));
  if (frame) facts.push(fact('Order', words(frame.marker === 0xc2 ? 'progressive' : 'baseline')));
  return facts;
}

/**
 * Whether a JPEG was saved before at a lower quality.
 * @param picture decoded from these bytes and not turned
 */
export function resaveFact(bytes: Uint8Array, picture: RawPicture): FileFact[] {
  const [luminance] = quantisationTables(jpegHeader(bytes).segments);
  const earlier = luminance && earlierSave(picture, luminance);
  return earlier
    ? [fact('Saved as JPEG', words('at least twice; before at about quality {quality}', { quality: earlier.quality }))]
    : [];
}

/** Markers that begin a frame: baseline, extended, progressive. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);

function chromaSampling({ data }: JpegSegmentData): string | undefined {
  const components = data[5] ?? 0;
  if (components === 1) return words('grey');
  if (components !== 3) return undefined;
  const [luma, chroma] = [data[7] ?? 0, data[10] ?? 0];
  const across = (luma >> 4) / Math.max(1, chroma >> 4);
  const down = (luma & 15) / Math.max(1, chroma & 15);
  const names: Readonly<Record<string, string>> = {
    '1x1': '4:4:4',
    '2x1': '4:2:2',
    '2x2': '4:2:0',
    '1x2': '4:4:0',
    '4x1': '4:1:1',
  };
  return names[`${across}x${down}`] ?? `${across} x ${down}`;
}
