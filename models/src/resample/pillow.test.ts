import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resizeLikePillow } from './pillow.ts';

const WIDTH = 37;
const HEIGHT = 23;
/** Byte i = (i * 7919) mod 256: every neighbour differs strongly, so a weight that is off by one shows. */
const picture = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, index) => (index * 7919) % 256);

/** First half of the sha256 of `Image.frombytes('RGB', (37, 23), picture).resize((w, h), filter).tobytes()`, Pillow 13.0.0. */
const golden = [
  ['box', 11, 9, '2ec647fccede91acc133fe6b7faf24d2'],
  ['box', 61, 40, 'adcc3a16dee074c6f4d846e1d57b9dc2'],
  ['box', 37, 9, 'a449997f93e7f5f8739f0ed2c983f228'],
  ['box', 11, 23, '8834c5039da00e630d2ed9b7a0304619'],
  ['bilinear', 11, 9, '8cdc405536f07bb4d69d5c4069568c9a'],
  ['bilinear', 61, 40, '72977829d9ff4cccf658a4c9437a1169'],
  ['bilinear', 37, 9, 'df3fab905df19640a914f8f8f756dfb2'],
  ['bilinear', 11, 23, '9697ea7525374bf1afce62ab5a5bf355'],
  ['bicubic', 11, 9, '6d1644816c7e11e7bff0d1006eb3c57b'],
  ['bicubic', 61, 40, 'd3dc05ed293ae1cbc1f3b281df72a665'],
  ['bicubic', 37, 9, 'd1b8a47925db7117fa78f505afb7c53d'],
  ['bicubic', 11, 23, '28589aaf435daf18a9fad69822239cad'],
  ['lanczos', 11, 9, 'f4837ab53ee70998bdcc9a756dfea761'],
  ['lanczos', 61, 40, 'aded2fc5b6f8d2cab40d72e631e2316d'],
  ['lanczos', 37, 9, '9ea7dea348c21407029f7d644c5b7782'],
  ['lanczos', 11, 23, '76d6b70728d51d3450196fcf7ce6bbb6'],
] as const;

describe('resizeLikePillow', () => {
  it.each(golden)('%s to %d x %d has the bytes of Pillow', (filter, width, height, hash) => {
    const resized = resizeLikePillow(picture, { width: WIDTH, height: HEIGHT, channels: 3 }, width, height, filter);
    expect(resized).toHaveLength(width * height * 3);
    expect(createHash('sha256').update(resized).digest('hex').slice(0, 32)).toBe(hash);
  });

  it('leaves a picture of the right size alone', () => {
    expect(resizeLikePillow(picture, { width: WIDTH, height: HEIGHT, channels: 3 }, WIDTH, HEIGHT, 'bilinear')).toBe(
      picture,
    );
  });
});
