import { foreignText } from '@touchstone/shared/words';
import type { FileFields } from './file-fields.ts';

const MAX_NAME_LENGTH = 80;
const MAX_EDITORS = 5;

/** @returns programs that the editing history names, each once, in order */
export function editors({ xmp }: FileFields): string[] {
  const names = xmp.history.flatMap(({ software }) =>
    software ? [foreignText(software, { most: MAX_NAME_LENGTH })] : [],
  );
  return [...new Set(names.filter(Boolean))].slice(0, MAX_EDITORS);
}
