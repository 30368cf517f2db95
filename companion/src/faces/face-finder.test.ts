import { fileURLToPath } from 'node:url';
import type { RawPicture } from '@touchstone/models';
import pino from 'pino';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeMiniature } from '../fingerprint/miniature.ts';
import { createFaceFinder } from './face-finder.ts';
import { createFaceThread, type FaceThread } from './face-thread.ts';

const logger = pino({ level: 'silent' });
const SAMPLE = fileURLToPath(new URL('../../assets/samples/astronaut.png', import.meta.url));

async function astronaut(): Promise<RawPicture> {
  const { data, info } = await sharp(SAMPLE).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

describe('the face finder', () => {
  it('finds the astronaut, one picture at a time, and leaves the picture whole', async () => {
    const finder = createFaceFinder(logger);
    onTestFinished(() => finder.close());
    const picture = await astronaut();
    const [first, meanwhile] = await Promise.all([finder.find(picture), finder.find(picture)]);
    expect(first).toHaveLength(1);
    // Nose of the astronaut: 225, 129 of 512.
    const [face = { x: 0, y: 0, width: 0, height: 0 }] = first ?? [];
    expect(face.x).toBeLessThan(225 / 512);
    expect(face.x + face.width).toBeGreaterThan(225 / 512);
    expect(face.y).toBeLessThan(129 / 512);
    expect(face.y + face.height).toBeGreaterThan(129 / 512);
    expect(meanwhile).toBeUndefined();
    expect(picture.data.length).toBe(512 * 512 * 3);
  });

  it('looks at a large picture closely enough for the smallest face that is asked for', async () => {
    const widths: number[] = [];
    const thread: FaceThread = {
      async ask({ width }) {
        widths.push(width);
        return { faces: [], ms: 1 };
      },
      usable: () => true,
      close: async () => {},
    };
    const finder = createFaceFinder(logger, thread, () => 0);
    for (const [width, smallest] of [
      [1000, 128],
      [4000, 128],
      [9000, 128],
      [4000, undefined],
    ] as const) {
      const picture = { data: new Uint8Array(width * 3), width, height: 1 };
      const miniature = async (side: number) => makeMiniature(picture, side);
      await (smallest ? finder.lookAt({ ...picture, miniature }, smallest) : finder.find(picture, true));
    }
    expect(widths).toEqual([320, 625, 960, 320]);
  });

  it('looks again when it has used no more than its share of the time', async () => {
    let time = 0;
    const thread: FaceThread = { ask: async () => ({ faces: [], ms: 30 }), usable: () => true, close: async () => {} };
    const finder = createFaceFinder(logger, thread, () => time);
    const picture = { data: new Uint8Array(300), width: 10, height: 10 };
    expect(await finder.find(picture)).toEqual([]);
    time = 169;
    expect(await finder.find(picture)).toBeUndefined();
    time = 171;
    expect(await finder.find(picture)).toEqual([]);
  });

  it('looks at every picture for one who waits', async () => {
    const thread: FaceThread = { ask: async () => ({ faces: [], ms: 30 }), usable: () => true, close: async () => {} };
    const finder = createFaceFinder(logger, thread, () => 0);
    const picture = { data: new Uint8Array(300), width: 10, height: 10 };
    const [live, ...waited] = await Promise.all([
      finder.find(picture),
      finder.find(picture, true),
      finder.find(picture, true),
    ]);
    expect([live, ...waited]).toEqual([[], [], []]);
    expect(await finder.find(picture)).toBeUndefined();
  });

  it('stays off after three failures and never throws', async () => {
    let asked = 0;
    const broken: FaceThread = {
      ask: async () => {
        asked++;
        return undefined;
      },
      usable: () => asked < 3,
      close: async () => undefined,
    };
    const finder = createFaceFinder(logger, broken);
    const picture = { data: new Uint8Array(300), width: 10, height: 10 };
    for (let i = 0; i < 6; i++) expect(await finder.find(picture)).toBeUndefined();
    expect(asked).toBe(3);
  });

  it('says why the thread failed', async () => {
    const reasons: string[] = [];
    const thread = createFaceThread('/no/such/folder', (reason) => reasons.push(reason));
    onTestFinished(() => thread.close());
    const request = () => ({ data: new Uint8Array(300), width: 10, height: 10, minimumFace: 12 });
    for (let i = 0; i < 3; i++) expect(await thread.ask(request())).toBeUndefined();
    expect(reasons[0]).toContain('damaged');
    expect(thread.usable()).toBe(false);
  });
});
