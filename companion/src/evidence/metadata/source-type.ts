import type { FileFields } from './file-fields.ts';

/** A term of the vocabulary as programs write it: its address, with an alias of the vocabulary before it, or alone. */
const VOCABULARY =
  /^(?:https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/(\w+)\/?|(?:[a-z]\w{0,20}:)?(\w{1,60}))$/i;

/** @returns the term of the IPTC vocabulary, such as `trainedAlgorithmicMedia` */
export function digitalSourceType({ xmp }: FileFields): string | undefined {
  const [, term, bare] = VOCABULARY.exec(xmp.get('DigitalSourceType')?.trim() ?? '') ?? [];
  return term ?? bare;
}
