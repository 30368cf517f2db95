/** A picture small enough to compare every sampled frame with the one before. */
export interface FrameSignature {
  /** HASH_SAMPLE_SIDE squared bytes of luminance, row by row, stretched to a square. */
  readonly grey: Uint8Array;
  /** 64-bit perceptual hash, 16 hexadecimal digits. */
  readonly hash: string;
}
