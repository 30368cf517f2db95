import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RawPicture } from '@touchstone/models';
import sharp from 'sharp';

export interface SampledFrame {
  /** Seconds. */
  readonly time: number;
  readonly picture: RawPicture;
}

/** Shorter side of a sampled frame, as in the product. Pixels. */
const SHORTER_SIDE = 720;

/**
 * Frames of a clip at an even rate, one after the other. Needs ffmpeg and ffprobe in the path; animated WebP goes through
 * sharp, since ffmpeg does not read it.
 * @param rate frames a second; @param seconds from the beginning
 */
export async function* sampleClip(path: string, rate: number, seconds: number): AsyncGenerator<SampledFrame> {
  if (path.endsWith('.webp')) yield* sampleWebp(path, rate, seconds);
  else yield* sampleVideo(path, rate, seconds);
}

async function* sampleVideo(path: string, rate: number, seconds: number): AsyncGenerator<SampledFrame> {
  const size = await frameSize(path);
  if (!size) return;
  const { width, height } = size;
  const filter = `fps=${rate}:round=down,scale=${width}:${height}`;
  const child = spawn(
    'ffmpeg',
    [
      '-v',
      'error',
      '-threads',
      '1',
      '-t',
      `${seconds}`,
      '-i',
      path,
      '-vf',
      filter,
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const bytesEach = width * height * 3;
  const parts: Buffer[] = [];
  let held = 0;
  let index = 0;
  for await (const chunk of child.stdout) {
    parts.push(chunk as Buffer);
    held += (chunk as Buffer).length;
    if (held < bytesEach) continue;
    let bytes = Buffer.concat(parts.splice(0));
    for (; bytes.length >= bytesEach; bytes = bytes.subarray(bytesEach)) {
      yield { time: index++ / rate, picture: { data: Uint8Array.from(bytes.subarray(0, bytesEach)), width, height } };
    }
    parts.push(bytes);
    held = bytes.length;
  }
}

/** Size of the frames as they are shown, at most SHORTER_SIDE on the shorter side; undefined for what is no video. */
async function frameSize(path: string): Promise<{ width: number; height: number } | undefined> {
  // One frame as PNG tells the size after rotation and pixel shape, which the header does not.
  const child = spawn('ffmpeg', ['-v', 'error', '-i', path, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', '-'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  if (chunks.length === 0) return undefined;
  const { width, height } = await sharp(Buffer.concat(chunks)).metadata();
  const factor = Math.min(1, SHORTER_SIDE / Math.min(width, height));
  return { width: Math.round((width * factor) / 2) * 2, height: Math.round((height * factor) / 2) * 2 };
}

async function* sampleWebp(path: string, rate: number, seconds: number): AsyncGenerator<SampledFrame> {
  const { pages = 1, delay = [] } = await sharp(path).metadata();
  let time = 0;
  let due = 0;
  for (let page = 0; page < pages && time < seconds; page++) {
    const shown = time;
    time += (delay[page] ?? 100) / 1000;
    if (shown + 1e-6 < due) continue;
    due += 1 / rate;
    const { data, info } = await sharp(path, { page, pages: 1 })
      .resize({ width: SHORTER_SIDE, height: SHORTER_SIDE, fit: 'outside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    yield { time: shown, picture: { data, width: info.width, height: info.height } };
  }
}
