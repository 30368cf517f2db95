import sharp from 'sharp';

/**
 * Pictures that the tests make themselves. Each seed gives other pixels, so no two fixtures are near-duplicates.
 * @param seed any integer
 * @returns raw RGB noise over a gradient, smoothed a little so that encoders behave as on photographs
 */
function pixels(width: number, height: number, seed: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  for (let index = 0; index < data.length; index += 3) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const x = (index / 3) % width;
    const y = Math.floor(index / 3 / width);
    const noise = (state >>> 24) / 4;
    const wave = 60 * Math.sin((x * (1 + (seed % 5))) / 40) * Math.cos((y * (1 + (seed % 7))) / 55);
    data[index] = Math.max(0, Math.min(255, 90 + wave + noise + ((seed * 37) % 60)));
    data[index + 1] = Math.max(0, Math.min(255, 80 + wave / 2 + noise + (80 * y) / height));
    data[index + 2] = Math.max(0, Math.min(255, 70 + noise + (90 * x) / width));
  }
  return data;
}

export type FixtureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/** One encoded picture. @param width pixels @param height pixels */
export function picture(seed: number, format: FixtureFormat = 'jpeg', width = 640, height = 480): Promise<Buffer> {
  return sharp(pixels(width, height, seed), { raw: { width, height, channels: 3 } })
    .blur(0.6)
    .toFormat(format, format === 'jpeg' ? { quality: 88 } : {})
    .toBuffer();
}

/** An animated picture of different frames. @param delay of each, in milliseconds */
export async function animation(seed: number, format: 'gif' | 'webp', count = 3, delay = 120): Promise<Buffer> {
  const numbers = Array.from({ length: count }, (_, frame) => frame);
  const frames = await Promise.all(numbers.map((frame) => picture(seed + 100 * frame, 'png', 480, 360)));
  return sharp(frames, { join: { animated: true } })
    .toFormat(format, { delay: numbers.map(() => delay), loop: 0 })
    .toBuffer();
}

/** A PNG that carries AUTOMATIC1111's settings in its own text chunk. */
export async function generatorPng(seed: number): Promise<Buffer> {
  const { crc32 } = await import('node:zlib');
  const png = await picture(seed, 'png');
  const text = Buffer.from(
    'parameters\0a quiet harbour at dawn\nSteps: 28, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 1234567, Size: 640x480, Model hash: 6ce0161689, Model: v1-5-pruned-emaonly',
    'latin1',
  );
  const body = Buffer.concat([Buffer.from('tEXt'), text]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(text.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  const afterHeader = 8 + 25; // signature and IHDR
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}
