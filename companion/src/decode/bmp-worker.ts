import { parentPort, workerData } from 'node:worker_threads';
import { decode } from 'bmp-ts';

/** One-shot thread: decodes a BMP to RGB. bmp-ts runs in JavaScript, which would hold up the event loop for up to a second. */
const { data: pixels, width, height } = decode(Buffer.from(workerData), { toRGBA: true });
const rgb = new Uint8Array(width * height * 3);
for (let source = 0, target = 0; target < rgb.length; source += 4, target += 3) {
  rgb[target] = pixels[source] ?? 0;
  rgb[target + 1] = pixels[source + 1] ?? 0;
  rgb[target + 2] = pixels[source + 2] ?? 0;
}
parentPort?.postMessage({ rgb, width, height }, [rgb.buffer]);
