/** Shorter side of a sampled frame at most, in pixels: what packs were measured on is smaller, and 720p draws in 5 ms. */
export const FRAME_SHORT_SIDE = 720;

/** JPEG quality of a sampled frame: video is compressed harder than this, so nothing of its traces is lost here. */
export const FRAME_QUALITY = 0.9;

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** The size a frame is sent in: its own, or scaled down evenly to the largest shorter side. Never scaled up. */
export function frameSize(width: number, height: number, shortSide: number = FRAME_SHORT_SIDE): FrameSize {
  const scale = Math.min(1, shortSide / Math.min(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
