import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { makeClip } from '../src/video-file/fixtures/make-clip.ts';

const SAMPLES = fileURLToPath(new URL('../assets/samples', import.meta.url));

export interface BenchClip {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly rate: number;
  readonly seconds: number;
}

/** Room around the view in which it moves: the photograph is this much larger. */
const ROOM = 1.3;
/** Seconds of one shot. */
const SHOT_SECONDS = 6;

/** Makes an H.264 clip in which the view moves over the sample photographs, one a shot, with x264's usual settings. */
export async function panClip({ path, width, height, rate, seconds }: BenchClip): Promise<void> {
  const names = (await readdir(SAMPLES)).filter((name) => /\.(png|jpg)$/.test(name)).sort();
  const large = { width: Math.round(width * ROOM), height: Math.round(height * ROOM) };
  const photos = await Promise.all(
    names.map((name) =>
      sharp(join(SAMPLES, name))
        .resize({ ...large, fit: 'cover' })
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer(),
    ),
  );
  const view = new Uint8Array(width * height * 3);
  const draw = (index: number): Uint8Array => {
    const time = index / rate;
    const photo = photos[Math.floor(time / SHOT_SECONDS) % photos.length];
    if (!photo) throw new Error(`no photographs in ${SAMPLES}`);
    const part = (time % SHOT_SECONDS) / SHOT_SECONDS;
    const left = Math.round((large.width - width) * part);
    const top = Math.round(((large.height - height) * (1 + Math.sin(part * 5))) / 2);
    for (let y = 0; y < height; y++) {
      const from = ((top + y) * large.width + left) * 3;
      view.set(photo.subarray(from, from + width * 3), y * width * 3);
    }
    return view;
  };
  const options = { preset: 'medium', crf: '23' };
  await makeClip({ path, width, height, rate, frames: seconds * rate, draw, options });
}
