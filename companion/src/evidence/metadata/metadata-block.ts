/** Largest EXIF, XMP or IPTC block that is read, in bytes. Packets are a few kB; edit histories reach some hundred. */
export const MAX_BLOCK_BYTES = 1024 * 1024;

/** The metadata blocks that a container's own structure holds. Nothing before, between or after its parts is here. */
export interface MetadataBlocks {
  /** TIFF structures, without a leading "Exif\0\0", in the order of the file. */
  readonly exif: readonly Uint8Array[];
  /** Packets, in the order in which they count. */
  readonly xmp: readonly Uint8Array[];
  /** Photoshop image resources, which hold IPTC-IIM. */
  readonly photoshop?: Uint8Array | undefined;
  /** Text fields by keyword: chunks of a PNG, entries of a video. */
  readonly text: ReadonlyMap<string, string>;
  /** Comments of a JPEG, a GIF or a video. */
  readonly comments: readonly string[];
  /** Some block was damaged, cut short or too large, and was left out. */
  readonly skipped: boolean;
}

export const NO_BLOCKS: MetadataBlocks = { exif: [], xmp: [], text: new Map(), comments: [], skipped: false };

/** Blocks of one kind that are read: files have one, or two when a program passed by that did not look. */
export const MAX_BLOCKS = 4;

/** @returns the TIFF structure inside an EXIF block */
export function withoutPrefix(exif: Uint8Array): Uint8Array {
  return Buffer.from(exif.subarray(0, 6)).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif;
}
