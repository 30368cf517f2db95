import {
  isBlack,
  isSameFrame,
  type Likeness,
  likenessOf,
  PROBE_HEIGHT,
  PROBE_WIDTH,
} from '../../capture/frame-likeness.ts';
import { FRAME_QUALITY, type FrameSize, frameSize } from '../../capture/frame-size.ts';

export type Moving = HTMLVideoElement | HTMLCanvasElement;

export type Grab =
  /** Black, or nearly identical to the last frame that was kept: not worth sending. */
  | { readonly kind: 'black' | 'same' }
  /** The page may not read these pixels, so neither may a content script. */
  | { readonly kind: 'tainted' }
  /** Nothing to draw yet. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'frame'; readonly bytes: Promise<Uint8Array<ArrayBuffer>>; readonly likeness: Likeness };

export interface FrameGrabber {
  /**
   * Copies what an element shows at this moment, before anything else can run: the frame is the one whose media time
   * is known. Encoding goes on by itself.
   * @param before the last frame that was kept of this element
   */
  grab(element: Moving, before: Likeness | undefined): Grab;
}

export function naturalSize(element: Moving): FrameSize {
  if (element instanceof HTMLVideoElement) return { width: element.videoWidth, height: element.videoHeight };
  return { width: element.width, height: element.height };
}

function canvasFor({ width, height }: FrameSize, readOften: boolean) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: readOften });
  if (context) context.imageSmoothingQuality = 'low';
  return context;
}

async function encoded(canvas: OffscreenCanvas): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: FRAME_QUALITY });
  return new Uint8Array(await blob.arrayBuffer());
}

/** One pair of canvases for all videos of the page. */
export function createFrameGrabber(): FrameGrabber {
  const probeSize = { width: PROBE_WIDTH, height: PROBE_HEIGHT };
  // Not read "frequently" in the browser's sense: on the processor's side the player's picture would be copied whole.
  let probe: OffscreenCanvasRenderingContext2D | null = null;
  let full: OffscreenCanvasRenderingContext2D | null = null;

  const copy = (element: Moving, size: FrameSize) => {
    if (full?.canvas.width !== size.width || full.canvas.height !== size.height) full = canvasFor(size, false);
    full?.drawImage(element, 0, 0, size.width, size.height);
    return full?.canvas;
  };
  /** @returns undefined for pixels that the page may not read */
  const likeness = (canvas: OffscreenCanvas): Likeness | undefined => {
    probe ??= canvasFor(probeSize, false);
    if (!probe) return undefined;
    try {
      // From the copy: a player's own picture would be converted a second time (0.6 of 6 ms at 720p).
      probe.drawImage(canvas, 0, 0, PROBE_WIDTH, PROBE_HEIGHT);
      return likenessOf(probe.getImageData(0, 0, PROBE_WIDTH, PROBE_HEIGHT).data);
    } catch {
      // A canvas that took in foreign pixels stays closed: the next video gets another one.
      [probe, full] = [null, null];
      return undefined;
    }
  };

  return {
    grab(element, before) {
      const natural = naturalSize(element);
      if (natural.width < 1 || natural.height < 1) return { kind: 'nothing' };
      const canvas = copy(element, frameSize(natural.width, natural.height));
      if (!canvas) return { kind: 'nothing' };
      const now = likeness(canvas);
      if (!now) return { kind: 'tainted' };
      if (isBlack(now)) return { kind: 'black' };
      if (before && isSameFrame(before, now)) return { kind: 'same' };
      return { kind: 'frame', bytes: encoded(canvas), likeness: now };
    },
  };
}
