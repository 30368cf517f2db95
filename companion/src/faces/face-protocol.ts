import type { Box } from '@touchstone/models';

/** To the face thread. The bytes of the picture are handed over, not copied. */
export interface FaceRequest {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Pixels of this picture. */
  readonly minimumFace: number;
}

/** From the face thread. */
export type FaceReply = { readonly faces: readonly Box[]; readonly ms: number } | { readonly failed: string };
