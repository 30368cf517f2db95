import type { Evidence } from '@touchstone/shared';
import type { PictureHeader } from '../intake/read-header.ts';
import { readExif } from './exif-facts.ts';
import { finding } from './finding.ts';
import { GENERATOR_MARKERS } from './generator-markers.ts';
import { pngText } from './png-text.ts';
import { xmpSourceType } from './xmp-source-type.ts';

/** Terms of the IPTC vocabulary that declare a trained model: for all of the picture, or for parts of it. */
const DECLARED_AI = new Set(['trainedAlgorithmicMedia']);
const DECLARED_AI_PARTS = new Set(['compositeWithTrainedAlgorithmicMedia']);

/** A generator's settings take intent to fake; an entry of a few letters takes less; a camera name takes nothing. */
const STRENGTH = { generator: 0.98, declared: 0.95, declaredParts: 0.6, camera: 0.1 } as const;

/**
 * What the file says about itself. Only blocks that the container's own structure holds count: text appended to a
 * file or hidden between its parts is not read.
 * @param bytes of a picture that has been decoded without complaint
 */
export function metadataEvidence(bytes: Uint8Array, header: PictureHeader): Evidence[] {
  const exif = readExif(header.format === 'tiff' ? bytes : header.exif);
  const text = header.format === 'png' ? pngText(bytes) : new Map<string, string>();
  const field = (keyword: string): string | undefined =>
    keyword === 'UserComment' ? exif.userComment : text.get(keyword);
  const found: Evidence[] = [];

  const marker = GENERATOR_MARKERS.find(({ matches }) => matches(field));
  if (marker) {
    found.push(finding('metadata', 'ai', STRENGTH.generator, 'generator-metadata', { generator: marker.generator }));
  }
  const sourceType = xmpSourceType(header.xmp);
  if (sourceType && DECLARED_AI.has(sourceType)) {
    found.push(finding('metadata', 'ai', STRENGTH.declared, 'declared-ai-source', { sourceType }));
  } else if (sourceType && DECLARED_AI_PARTS.has(sourceType)) {
    found.push(finding('metadata', 'ai', STRENGTH.declaredParts, 'declared-ai-parts', { sourceType }));
  }
  if (exif.camera) {
    found.push(finding('metadata', 'camera', STRENGTH.camera, 'camera-metadata', { camera: exif.camera }));
  }
  return found;
}
