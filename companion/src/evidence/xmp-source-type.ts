import { XMLParser } from 'fast-xml-parser';

/** XMP packets are a few kB; extended ones are not read. */
const MAX_XMP_BYTES = 1024 * 1024;
const VOCABULARY = /^https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/(\w+)$/;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  processEntities: false,
});

/**
 * IPTC DigitalSourceType of an XMP packet.
 * @param xmp packet as the container held it
 * @returns the term, such as `trainedAlgorithmicMedia`, or undefined
 */
export function xmpSourceType(xmp: Uint8Array | undefined): string | undefined {
  if (!xmp || xmp.byteLength > MAX_XMP_BYTES) return undefined;
  try {
    const document: unknown = parser.parse(Buffer.from(xmp).toString('utf8'));
    return findTerm(document, 0);
  } catch {
    return undefined;
  }
}

/** The property may be an attribute, an element, or an element that refers to a resource. */
function findTerm(node: unknown, depth: number): string | undefined {
  if (depth > 12 || typeof node !== 'object' || node === null) return undefined;
  for (const [name, value] of Object.entries(node)) {
    const text = name === 'DigitalSourceType' ? textOf(value) : undefined;
    const term = text && VOCABULARY.exec(text.trim())?.[1];
    if (term) return term;
    const inside = findTerm(value, depth + 1);
    if (inside) return inside;
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const resource = 'resource' in value ? value.resource : '#text' in value ? value['#text'] : undefined;
  return typeof resource === 'string' ? resource : undefined;
}
