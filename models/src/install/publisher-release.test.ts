import { afterEach, beforeEach, expect, it } from 'vitest';
import { MODEL, NEWER, PINNED, type Publisher, sha256, startPublisher } from './fixtures/publisher.ts';
import { installPack, type Offer } from './install-pack.ts';
import { readRelease } from './publisher-release.ts';

let publisher: Publisher;
beforeEach(async () => {
  publisher = await startPublisher();
});
afterEach(() => publisher.close());

it('a newer model is shown with version, size, licence and hash, and installed as its manifest says', async () => {
  const { into, address } = publisher;
  const release = await readRelease(publisher.pinned(), [PINNED], { into });
  if (!release) throw new Error('nothing newer');
  const { entry, golden } = release;
  const offers: Offer[] = [];
  const confirm = async (offer: Offer): Promise<boolean> => offers.push(offer) > 0;
  const pack = await installPack({ source: entry.name, into, golden, find: () => entry, confirm });
  expect(offers).toMatchObject([
    { version: NEWER, bytes: MODEL.length, licence: 'MIT', sha256: sha256(MODEL), url: `${address}/files/model.onnx` },
  ]);
  expect(pack.manifest).toMatchObject({
    name: 'sieve',
    version: NEWER,
    input: { size: [32, 32], views: [{ side: 40 }], second: { from: 0.3, to: 0.7, minimumSide: 32 } },
    calibration: { scale: 0.5, bias: 0.5 },
    thresholds: { fakeAbove: 0.65 },
  });
});
