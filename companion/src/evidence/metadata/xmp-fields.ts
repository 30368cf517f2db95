import { XMLParser } from 'fast-xml-parser';
import { decodeUtf16 } from './exif-text.ts';

/** What is read of an XMP packet. */
export interface XmpFields {
  /** First value of a property, by its name without prefix. */
  readonly get: (name: string) => string | undefined;
  /** Steps of xmpMM:History, oldest first. */
  readonly history: readonly HistoryStep[];
}

export interface HistoryStep {
  readonly action: string | undefined;
  readonly software: string | undefined;
  readonly when: string | undefined;
}

/** In characters; some programs keep whole graphs in a property. */
const MAX_FIELD_LENGTH = 1024 * 1024;
const MAX_HISTORY = 200;
/** Real packets nest about ten deep. */
const MAX_DEPTH = 60;
/** The longest lists of earlier versions that editors drag along fill a megabyte with 17,000. The parser takes 6 us each. */
const MAX_TAGS = 40_000;

const NOTHING: XmpFields = { get: () => undefined, history: [] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  processEntities: false,
  parseTagValue: false,
});

/**
 * Properties of the picture itself: those directly under the packet's descriptions. Nested resources (ingredients, the
 * pantry, thumbnails) speak of other pictures and are left out.
 * @param xmp packet as the container held it
 * @returns no properties when it cannot be read
 */
export function readXmpFields(xmp: Uint8Array | undefined): XmpFields {
  if (!xmp) return NOTHING;
  try {
    const text = packetText(Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength));
    if (isMadeToCostTime(text)) return NOTHING;
    const document: unknown = parser.parse(text);
    const descriptions = descriptionsOf(document);
    return {
      get: (name) => {
        for (const description of descriptions) {
          const found = Object.hasOwn(description, name) ? textOf(description[name]) : undefined;
          if (found !== undefined) return found;
        }
        return undefined;
      },
      history: descriptions.flatMap(({ History }) => steps(History)).slice(0, MAX_HISTORY),
    };
  } catch {
    return NOTHING;
  }
}

/** Packets as one: what the first says counts, a later one adds what no earlier one says. */
export function joinXmp(packets: readonly XmpFields[]): XmpFields {
  const [only = NOTHING, ...more] = packets;
  if (more.length === 0) return only;
  return {
    get: (name) => {
      for (const { get } of packets) {
        const found = get(name);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    history: packets.flatMap(({ history }) => history).slice(0, MAX_HISTORY),
  };
}

function packetText(bytes: Buffer): string {
  const [first, second] = bytes;
  // A packet begins with a byte order mark or with "<".
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return decodeUtf16(bytes, true);
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return decodeUtf16(bytes, false);
  return bytes.toString('utf8').replaceAll('\0', '');
}

/** Counts tags by their slashes before the parser builds a tree of them. Packets define no entities: only bombs do. */
function isMadeToCostTime(text: string): boolean {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return true;
  let [depth, tags] = [0, 0];
  for (const tag of text.matchAll(/<(\/?)[^\s<>/!?][^<>]*?(\/?)>/g)) {
    if (++tags > MAX_TAGS) return true;
    if (tag[1]) depth--;
    else if (!tag[2] && ++depth > MAX_DEPTH) return true;
  }
  return false;
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function descriptionsOf(document: unknown): Node[] {
  if (!isNode(document)) return [];
  const root = isNode(document.xmpmeta) ? document.xmpmeta : isNode(document.xapmeta) ? document.xapmeta : document;
  return list(root.RDF)
    .flatMap((rdf) => (isNode(rdf) ? list(rdf.Description) : []))
    .filter(isNode);
}

/** A value may be an attribute, an element, a reference to a resource, or the first item of a list. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return decodeEntities(value.slice(0, MAX_FIELD_LENGTH)).trim();
  if (Array.isArray(value)) return textOf(value[0]);
  if (!isNode(value)) return undefined;
  for (const inner of ['#text', 'resource', 'value'] as const) {
    const text = value[inner];
    if (typeof text === 'string') return textOf(text);
  }
  for (const container of ['Alt', 'Seq', 'Bag'] as const) {
    const items = value[container];
    if (isNode(items)) return textOf(list(items.li)[0]);
  }
  return undefined;
}

function steps(history: unknown): HistoryStep[] {
  const sequence = isNode(history) ? (history.Seq ?? history.Bag) : undefined;
  return list(isNode(sequence) ? sequence.li : undefined)
    .map((item) => (isNode(item) && isNode(item.Description) ? item.Description : item))
    .filter(isNode)
    .map((item) => ({ action: textOf(item.action), software: textOf(item.softwareAgent), when: textOf(item.when) }));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The five entities of XML and character numbers; nothing that a document could define itself. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g, (all, decimal, hexadecimal, name) => {
    if (name) return ENTITIES[name] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
