/** Largest EXIF, XMP or IPTC block that is read, in bytes. Packets are a few kB; edit histories reach some hundred. */
export const MAX_BLOCK_BYTES = 1024 * 1024;

/** The metadata blocks that a container's own structure holds. Nothing before, between or after its parts is here. */
export interface MetadataBlocks {
  /** TIFF structure, without a leading "Exif\0\0". */
  readonly exif?: Uint8Array | undefined;
  readonly xmp?: Uint8Array | undefined;
  /** Photoshop image resources, which hold IPTC-IIM. */
  readonly photoshop?: Uint8Array | undefined;
  /** Text fields of a PNG, by keyword. */
  readonly text: ReadonlyMap<string, string>;
  /** Comments of a JPEG. */
  readonly comments: readonly string[];
  /** Some block was damaged, cut short or too large, and was left out. */
  readonly skipped: boolean;
}

export const NO_BLOCKS: MetadataBlocks = { text: new Map(), comments: [], skipped: false };

/** @returns the TIFF structure inside an EXIF block */
export function withoutPrefix(exif: Uint8Array): Uint8Array {
  return Buffer.from(exif.subarray(0, 6)).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif;
}
