import type { PictureFormat } from './sniff.ts';

/** In pixels, as shown: after EXIF orientation. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What the header says, before anything is decoded. */
export interface PictureHeader extends PictureSize {
  readonly format: PictureFormat;
  /** Frames of an animation; the pages of a TIFF count as one picture. */
  readonly frames: number;
  /** EXIF block (a TIFF structure) as the container holds it. */
  readonly exif: Uint8Array | undefined;
  /** XMP packet as the container holds it. */
  readonly xmp: Uint8Array | undefined;
}
