import type { Evidence } from '@touchstone/shared';
import { finding } from '../finding.ts';
import { aigcLabel } from './aigc-label.ts';
import { cameraName } from './camera.ts';
import { editors } from './editors.ts';
import type { FileFields } from './file-fields.ts';
import { generatorOfSettings } from './generator-markers.ts';
import { generatorOfSoftware } from './generator-names.ts';
import { digitalSourceType } from './source-type.ts';

/** Terms of the IPTC vocabulary that declare a trained model: for all of the picture, or for parts of it. */
const DECLARED_AI: ReadonlySet<string> = new Set(['trainedAlgorithmicMedia']);
const DECLARED_AI_PARTS: ReadonlySet<string> = new Set(['compositeWithTrainedAlgorithmicMedia']);

/** A generator's settings take intent to fake; an entry of a few letters takes less; a camera name takes nothing. */
const STRENGTH = {
  settings: 0.98,
  declared: 0.95,
  software: 0.94,
  label: 0.94,
  declaredParts: 0.6,
  unsureLabel: 0.6,
  camera: 0.1,
} as const;

/** What the file's text fields say about where the picture comes from. */
export function metadataEvidence(fields: FileFields): Evidence[] {
  const found: Evidence[] = [];
  const settings = generatorOfSettings(fields);
  const software = generatorOfSoftware(fields);
  if (settings) {
    found.push(finding('metadata', 'ai', STRENGTH.settings, 'generator-metadata', { generator: settings }));
  } else if (software) {
    found.push(finding('metadata', 'ai', STRENGTH.software, 'generator-software', { generator: software }));
  }
  const sourceType = digitalSourceType(fields);
  if (sourceType && DECLARED_AI.has(sourceType)) {
    found.push(finding('metadata', 'ai', STRENGTH.declared, 'declared-ai-source', { sourceType }));
  } else if (sourceType && DECLARED_AI_PARTS.has(sourceType)) {
    found.push(finding('metadata', 'ai', STRENGTH.declaredParts, 'declared-ai-parts', { sourceType }));
  }
  const label = aigcLabel(fields);
  if (label) {
    const strength = label.certain ? STRENGTH.label : STRENGTH.unsureLabel;
    found.push(finding('metadata', 'ai', strength, 'china-aigc-label', { producer: label.producer ?? null }));
  }
  const camera = cameraName(fields);
  if (camera && !settings && !software) {
    found.push(finding('metadata', 'camera', STRENGTH.camera, 'camera-metadata', { camera }));
  }
  const edited = editors(fields);
  if (edited.length > 0) {
    found.push(finding('metadata', 'neutral', 0, 'editor-history', { software: edited.join(', ') }));
  }
  return found;
}
