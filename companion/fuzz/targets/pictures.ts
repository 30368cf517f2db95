import { TouchstoneError } from '@touchstone/shared';
import pino from 'pino';
import sharp from 'sharp';
import { animationIn } from '../../src/containers/animation.ts';
import { mutate, repairChecksums } from '../../src/evidence/fixtures/mutate.ts';
import { jpegSize } from '../../src/intake/jpeg-size.ts';
import { sniffFormat } from '../../src/intake/sniff.ts';
import { createPictureDecoder } from '../../src/picture-decoder/create-picture-decoder.ts';
import { bmpBomb } from '../../src/picture-decoder/fixtures/bombs.ts';
import { testPicture } from '../../src/pipeline/fixtures/test-pictures.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

const decoder = createPictureDecoder(pino({ level: 'silent' }));

const base = testPicture(72, 48);
const frames = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => testPicture(48, 40, seed).png().toBuffer()));
const moving = sharp(frames, { join: { animated: true } });
const delay = frames.map(() => 300);
const PICTURES: Readonly<Record<string, Buffer>> = {
  jpeg: await base.clone().jpeg().toBuffer(),
  progressive: await base.clone().jpeg({ progressive: true }).toBuffer(),
  png: await base.clone().png().toBuffer(),
  palette: await base.clone().png({ palette: true }).toBuffer(),
  webp: await base.clone().webp().toBuffer(),
  avif: await base.clone().avif({ effort: 0 }).toBuffer(),
  tiff: await base.clone().tiff({ compression: 'lzw' }).toBuffer(),
  bmp: bmpBomb(72, 48),
  gif: await moving.clone().gif({ delay }).toBuffer(),
  animation: await moving.clone().webp({ delay, effort: 0 }).toBuffer(),
};
const NAMES = Object.keys(PICTURES);

/** What takes the input refuses it with a typed error, or takes it. */
async function typed(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TouchstoneError) || error.code === 'internal') throw error;
  }
}

/** Damaged pictures of every format, the whole way through the decoder's process, and the walks over their structure. */
export const target: FuzzTarget = {
  name: 'pictures',
  async run(random, signal) {
    const name = random.pick(NAMES);
    const original = PICTURES[name] ?? Buffer.alloc(0);
    const damaged = mutate(original, [random.int(4) === 0 ? 0 : 8, original.length], (below) => random.int(below));
    const bytes = original === PICTURES.png && random.int(3) > 0 ? repairChecksums(damaged) : damaged;
    await typed(() => animationIn(bytes));
    await typed(() => jpegSize(bytes));
    await typed(async () => {
      const request = { bytes, format: sniffFormat(bytes), signal };
      await decoder.readHeader(request);
      const picture = await decoder.open(request);
      try {
        await picture.facts({ thumbnail: true, watermark: random.int(2) === 0, resave: random.int(2) === 0 });
      } finally {
        picture.release();
      }
    });
    if (random.int(4) > 0) return;
    await typed(async () => {
      const animation = await decoder.openAnimation({ bytes, signal });
      try {
        await animation.frame(random.int(animation.animation.starts.length));
      } finally {
        animation.release();
      }
    });
  },
  close: () => decoder.close(),
};
