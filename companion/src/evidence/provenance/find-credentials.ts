import { majorBrand, pictureKind } from '@touchstone/shared/media';
import type { ByteSource } from '../../containers/byte-source.ts';
import {
  type Block,
  type BlocksIn,
  gifApplications,
  isoMediaBlocks,
  jpegBlocks,
  pngBlocks,
  tiffBlocks,
  webpBlocks,
} from './container-blocks.ts';

/** XMP packets are a few kB; longer ones are not searched for an address. */
const MAX_XMP_BYTES = 1024 * 1024;
const XMP_UUID = 'uuid:be7acfcb97a942e89c71999491e3afac';
/** Annex A.5 of the C2PA specification. */
const C2PA_UUID = 'uuid:d8fec3d61b0e483c92975828877ec481';
const JPEG_XMP = 'http://ns.adobe.com/xap/1.0/\0';
const PNG_XMP = 'XML:com.adobe.xmp\0';

export interface FoundCredentials {
  /** Media type, as the reader wants it. */
  readonly format: string;
  /** A manifest store stands where the container's format puts one. */
  readonly embedded: boolean;
  /** The XMP names an address on a server and no manifest is embedded. */
  readonly remote: boolean;
}

interface Container {
  readonly format: string;
  readonly blocks: BlocksIn;
  readonly isManifest: (block: Block, source: ByteSource) => boolean;
  readonly isXmp: (block: Block, source: ByteSource) => boolean;
}

const startsWith = (source: ByteSource, block: Block, text: string): boolean =>
  source.read(block.start, text.length).toString('latin1') === text;
const labelled =
  (label: string) =>
  (block: Block): boolean =>
    block.label === label;

const JPEG: Container = {
  format: 'image/jpeg',
  blocks: jpegBlocks,
  // Annex A.1: "JP", box instance and sequence number, then the length and type of a JUMBF superbox.
  isManifest: (block, source) => {
    if (block.label !== 'APP11') return false;
    const head = source.read(block.start, 16);
    return head.toString('latin1', 0, 2) === 'JP' && head.toString('latin1', 12, 16) === 'jumb';
  },
  isXmp: (block, source) => block.label === 'APP1' && startsWith(source, block, JPEG_XMP),
};
const PNG: Container = {
  format: 'image/png',
  blocks: pngBlocks,
  isManifest: labelled('caBX'),
  isXmp: (block, source) => block.label === 'iTXt' && startsWith(source, block, PNG_XMP),
};
const WEBP: Container = {
  format: 'image/webp',
  blocks: webpBlocks,
  isManifest: labelled('C2PA'),
  isXmp: labelled('XMP '),
};
const GIF: Container = {
  format: 'image/gif',
  blocks: gifApplications,
  isManifest: (block) => block.label.startsWith('C2PA_GIF'),
  isXmp: labelled('XMP DataXMP'),
};
const TIFF: Container = {
  format: 'image/tiff',
  blocks: tiffBlocks,
  isManifest: labelled('tag:52545'),
  isXmp: labelled('tag:700'),
};
const isoMedia = (format: string): Container => ({
  format,
  blocks: isoMediaBlocks,
  isManifest: labelled(C2PA_UUID),
  isXmp: labelled(XMP_UUID),
});

/** Media type by major brand; every other brand is a video to the reader, which treats them all alike. */
const BRANDS: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  mif1: 'image/heif',
  msf1: 'image/heif',
  'qt  ': 'video/quicktime',
};

function containerOf(head: Buffer): Container | undefined {
  const brand = majorBrand(head);
  if (brand !== undefined) return isoMedia(BRANDS[brand] ?? 'video/mp4');
  return [JPEG, PNG, WEBP, GIF, TIFF].find(({ format }) => format === `image/${pictureKind(head)}`);
}

/**
 * Looks for Content Credentials where the container's own structure puts them. What is appended to a file, hidden in a
 * comment, in pixel data or in a chunk with a wrong checksum is not found.
 * @returns undefined when the container is not one of JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC, MP4 and MOV
 */
export function findCredentials(source: ByteSource): FoundCredentials | undefined {
  const container = containerOf(source.read(0, 16));
  if (!container) return undefined;
  let remote = false;
  for (const block of container.blocks(source)) {
    if (container.isManifest(block, source)) return { format: container.format, embedded: true, remote: false };
    remote ||= container.isXmp(block, source) && namesServer(source, block);
  }
  return { format: container.format, embedded: false, remote };
}

/** `dcterms:provenance` as an attribute or an element with an address; `self#jumbf=` means the file itself. */
function namesServer(source: ByteSource, { start, end }: Block): boolean {
  const xmp = source.read(start, Math.min(end - start, MAX_XMP_BYTES)).toString('latin1');
  return /\bdcterms:provenance\s*(?:=\s*["']|>)\s*https?:\/\//.test(xmp);
}
