import type { FileFields } from './file-fields.ts';
import { countOf, type JsonObject, jsonObject } from './json-field.ts';

/**
 * Label for generated content of GB 45438-2025: a JSON object under the name AIGC. Its `Label` says 1: generated,
 * 2: perhaps generated, 3: suspected.
 */
export interface AigcLabel {
  readonly certain: boolean;
  readonly producer: string | undefined;
}

const MEMBERS = [
  'ContentProducer',
  'ProduceID',
  'ReservedCode1',
  'ContentPropagator',
  'PropagateID',
  'ReservedCode2',
] as const;

/** The label, from the property of XMP, the text chunk of PNG or the comment of EXIF. */
export function aigcLabel({ png, exif, xmp }: FileFields): AigcLabel | undefined {
  const wrapped = [exif.get('UserComment'), exif.get('ImageDescription'), png.get('Comment')].map(
    (text) => jsonObject(text)?.AIGC,
  );
  for (const candidate of [xmp.get('AIGC'), png.get('AIGC'), ...wrapped]) {
    const label = asLabel(jsonObject(candidate));
    if (label) return label;
  }
  return undefined;
}

/** The standard demands all members; two beside the label tell it from a chance word. */
function asLabel(object: JsonObject | undefined): AigcLabel | undefined {
  if (!object || countOf(object, MEMBERS) < 2) return undefined;
  const label = String(object.Label ?? '');
  if (!/^[123]$/.test(label)) return undefined;
  const producer = object.ContentProducer;
  return { certain: label === '1', producer: typeof producer === 'string' && producer ? producer : undefined };
}
