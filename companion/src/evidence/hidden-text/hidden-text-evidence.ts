import type { Evidence } from '@touchstone/shared';
import { finding } from '../finding.ts';
import { readFields } from '../metadata/file-fields.ts';
import { generatorOfSettings } from '../metadata/generator-markers.ts';
import { jsonObject } from '../metadata/json-field.ts';
import { NO_BLOCKS } from '../metadata/metadata-block.ts';
import { hiddenText, type StoredPixels } from './hidden-text.ts';

/** As a generator's settings beside the picture: it is hidden by the generator, and copied only on purpose. */
const STRENGTH = 0.98;

/**
 * Settings that a generator hides in the picture: the fields of its PNG as one object, or the line of settings alone.
 * @param planes transparency where the file has any, and colours, both as the file stores them
 */
export function hiddenTextEvidence(planes: { alpha?: StoredPixels | undefined; colours: StoredPixels }): Evidence[] {
  const text = (planes.alpha && hiddenText(planes.alpha, 'alpha')) ?? hiddenText(planes.colours, 'colours');
  if (text === undefined) return [];
  const fields = Object.entries(jsonObject(text) ?? { parameters: text }).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  const generator = generatorOfSettings(readFields({ ...NO_BLOCKS, text: new Map(fields) }));
  return generator ? [finding('metadata', 'ai', STRENGTH, 'generator-metadata', { generator })] : [];
}
