import { foreignText } from '@touchstone/shared/words';
import type { FileFields } from './file-fields.ts';

/** Longest camera name passed on, in characters. */
const MAX_NAME_LENGTH = 80;

/** @returns "Make Model" of the camera; both must be there and look like names */
export function cameraName({ exif }: FileFields): string | undefined {
  const [make, model] = [exif.get('Make'), exif.get('Model')];
  if (!make || !model || !isName(make) || !isName(model)) return undefined;
  const [maker, named] = [foreignText(make, { most: MAX_NAME_LENGTH }), foreignText(model, { most: MAX_NAME_LENGTH })];
  if (!maker || !named) return undefined;
  return named.toLowerCase().startsWith(maker.toLowerCase()) ? named : `${maker} ${named}`;
}

/** Some generators keep whole graphs in these fields. */
const isName = (text: string): boolean => text.length <= 200 && !/[{}<>\n]/.test(text);
