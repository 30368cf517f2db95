import type { PictureFormat } from './sniff.ts';

/** What the header says, before anything is decoded. */
export interface PictureHeader {
  readonly format: PictureFormat;
  /** As shown, that is after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Frames of an animation; the pages of a TIFF count as one picture. */
  readonly frames: number;
  /** EXIF block (a TIFF structure) as the container holds it. */
  readonly exif: Uint8Array | undefined;
  /** XMP packet as the container holds it. */
  readonly xmp: Uint8Array | undefined;
}
