import type { CaptureKind, CapturePath, CaveatCode, Provenance } from '@touchstone/shared';

/** Facts that limit what may be concluded, whatever the evidence says. */
export interface VerdictFacts {
  readonly path: CapturePath;
  readonly kind: CaptureKind;
  /** Pixels. */
  readonly shorterSide: number;
  /** Below this the deciding pack was never measured, in pixels. */
  readonly minimumSide: number;
  readonly frames: number;
  /** Share of equal neighbours in the miniature, 0..1. */
  readonly flatness: number;
  /** Estimated quality setting, for JPEG. */
  readonly jpegQuality: number | undefined;
  /** No thorough pack has looked. */
  readonly quickOnly: boolean;
  /** One tier says fake and the other real. */
  readonly disagree: boolean;
  /** There was no time for every face. */
  readonly facesLeft?: boolean;
  /** Faces were looked at for blending, every one that is large enough, and none shows traces above the threshold. */
  readonly facesClear?: boolean;
  /** Content Credentials of the file; absent when it has none. */
  readonly provenance?: Pick<Provenance, 'state' | 'remoteManifest'> | undefined;
  /** Caveats that the readers of the file found themselves. */
  readonly fileCaveats?: readonly CaveatCode[];
}

/**
 * From this share of equal neighbours on a picture counts as a flat graphic. Measured on 524 pictures: 1 % of the
 * photographs and none of the generated pictures lie above, and three quarters of the screenshots.
 */
export const FLAT_FROM = 0.8;

/** Shorter sides below this many times the pack's minimum get the caveat "small". */
export const SMALL_FACTOR = 1.5;

/** Below the hardest quality the packs were measured at with comfort (60), traces of generators fade. */
export const HEAVY_COMPRESSION_BELOW = 50;
