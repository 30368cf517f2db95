/** A decoded picture: 8-bit sRGB, three channels, red first, row by row, no padding. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}
