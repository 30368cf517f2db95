import type { FileFields } from './file-fields.ts';

const VOCABULARY = /^https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/(\w+)\/?$/;

/** @returns the term of the IPTC vocabulary, such as `trainedAlgorithmicMedia` */
export function digitalSourceType({ xmp }: FileFields): string | undefined {
  return VOCABULARY.exec(xmp.get('DigitalSourceType')?.trim() ?? '')?.[1];
}
