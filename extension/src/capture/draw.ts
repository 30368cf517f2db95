/** Pixels copied from the page at most: 50 MP, 200 MB while they are encoded. Larger ones go by screenshot. */
const DRAW_PIXELS = 50_000_000;
/** Side of the small copy that tells an empty canvas from a drawn one. */
const PROBE = 16;

type Drawable = HTMLImageElement | HTMLCanvasElement | HTMLVideoElement | SVGImageElement;

function sizeOf(source: Drawable): readonly [number, number] {
  if (source instanceof HTMLImageElement) return [source.naturalWidth, source.naturalHeight];
  if (source instanceof HTMLVideoElement) return [source.videoWidth, source.videoHeight];
  if (source instanceof HTMLCanvasElement) return [source.width, source.height];
  return [Math.round(source.width.baseVal.value), Math.round(source.height.baseVal.value)];
}

function isDrawable(element: Element): element is Drawable {
  return (
    element instanceof HTMLImageElement ||
    element instanceof HTMLCanvasElement ||
    element instanceof HTMLVideoElement ||
    element.localName === 'image'
  );
}

/** A WebGL canvas that does not keep its drawing buffer reads back as nothing. */
function isEmpty(canvas: OffscreenCanvas): boolean {
  const probe = new OffscreenCanvas(PROBE, PROBE).getContext('2d');
  if (!probe) return false;
  probe.drawImage(canvas, 0, 0, PROBE, PROBE);
  return probe.getImageData(0, 0, PROBE, PROBE).data.every((value) => value === 0);
}

/**
 * Pixels of an element as a lossless PNG, in its natural size.
 * @returns undefined where the page may not read them either (another origin's picture), or there are none
 */
export async function drawElement(element: Element): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!isDrawable(element)) return undefined;
  const [width, height] = sizeOf(element);
  if (width < 1 || height < 1 || width * height > DRAW_PIXELS) return undefined;
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.drawImage(element, 0, 0, width, height);
    if (isEmpty(canvas)) return undefined;
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    // SecurityError: tainted. InvalidStateError: broken picture or an empty canvas.
    return undefined;
  }
}
