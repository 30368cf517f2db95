/** Terms of the IPTC and C2PA vocabularies of digital source types that decide something here. */
const TERM = /(?:digitalsourcetype)\/([\w.-]{1,64})$/i;

/** Made by a trained model as a whole. */
const AI = new Set(['trainedAlgorithmicMedia', 'trainedAlgorithmicData']);
/** A composite with parts from a trained model. */
const AI_PARTS = new Set(['compositeWithTrainedAlgorithmicMedia']);
/** Light on a sensor: single frames, and frames that the camera's own software puts together. */
const CAPTURE = new Set(['digitalCapture', 'computationalCapture']);

export type SourceKind = 'ai' | 'ai-parts' | 'camera' | 'other';

/** @returns the last part of the address, such as `trainedAlgorithmicMedia`, or undefined for anything else */
export function sourceTerm(value: unknown): string | undefined {
  return typeof value === 'string' ? TERM.exec(value)?.[1] : undefined;
}

export function sourceKind(value: unknown): SourceKind {
  const term = sourceTerm(value) ?? '';
  if (AI.has(term)) return 'ai';
  if (AI_PARTS.has(term)) return 'ai-parts';
  return CAPTURE.has(term) ? 'camera' : 'other';
}
