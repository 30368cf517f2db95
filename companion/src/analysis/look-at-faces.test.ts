import { fileURLToPath } from 'node:url';
import { type Pack, readPack } from '@touchstone/models';
import { describe, expect, it } from 'vitest';
import { faceEvidence } from '../evidence/face-evidence.ts';
import type { FaceArea } from '../faces/face-finder.ts';
import { pictureInHand } from '../picture-decoder/picture-in-hand.ts';
import { type FaceRooms, facePack, lookAtFaces } from './look-at-faces.ts';

const starter = await readPack(fileURLToPath(new URL('../../../models/packs/starter', import.meta.url)));
const face = { logit: 'logit', margin: 1.3, minimumSide: 100, above: 1, meaning: 'a test', golden: 0 };
const { manifest } = starter;
const pack: Pack = { ...starter, manifest: { ...manifest, output: { ...manifest.output, face } } };
const [WIDTH, HEIGHT] = [1000, 800];

/** A square face of a side in pixels. */
const faceOf = (side: number, left = 0): FaceArea => ({
  x: left / WIDTH,
  y: 0,
  width: side / WIDTH,
  height: side / HEIGHT,
});

/** @param logits of the faces in the order in which they are asked; each takes `ms` */
function rooms(found: FaceArea[] | undefined, logits: number[], ms = 10) {
  let time = 0;
  let asked = 0;
  const room: FaceRooms = {
    finder: { lookAt: async () => found },
    engine: {
      judge: async () => {
        time += ms;
        const answer = { logit: 0, probability: 0.5, embeddings: new Float32Array(0), patches: undefined };
        return { answer: { ...answer, face: logits[asked++] }, provider: 'cpu' };
      },
    },
    now: () => time,
  };
  return room;
}

const look = async (room: FaceRooms, of: Pack = pack) => {
  const picture = pictureInHand({ data: new Uint8Array(WIDTH * HEIGHT * 3), width: WIDTH, height: HEIGHT });
  return lookAtFaces(picture, of, { lane: 'asked' }, room);
};

describe('faces of a picture', () => {
  it('are asked largest first, small ones not at all', async () => {
    const seen = await look(rooms([faceOf(120), faceOf(99), faceOf(300)], [0.1, 2]));
    expect(seen?.faces.map(({ area, logit }) => [Math.round(area.width * WIDTH), logit])).toEqual([
      [300, 0.1],
      [120, 2],
    ]);
    expect(seen?.finished).toBe(true);
  });
  it('are eight at most', async () => {
    const seen = await look(
      rooms(
        Array.from({ length: 12 }, (_, i) => faceOf(120 + i)),
        Array(12).fill(0),
      ),
    );
    expect(seen?.faces).toHaveLength(8);
  });
  it('are left when the time is over, and that is told', async () => {
    const slow = await look(rooms([faceOf(200), faceOf(190), faceOf(180)], [0, 0, 0], 250));
    expect(slow).toMatchObject({ finished: false });
    expect(slow?.faces).toHaveLength(2);
    const slower = await look(rooms([faceOf(200), faceOf(190)], [0, 0], 900));
    expect(slower?.faces).toHaveLength(1);
  });
  it('are nothing to a pack that does not answer to them, nor where nobody could look', async () => {
    expect(facePack([starter])).toBeUndefined();
    expect(facePack([pack, starter])?.manifest.output.face).toEqual(face);
    expect(await look(rooms([faceOf(200)], [9]), starter)).toBeUndefined();
    expect(await look(rooms(undefined, []))).toBeUndefined();
  });
});

describe('evidence of faces', () => {
  it('is the most blended one, with its place and no more', async () => {
    const seen = await look(rooms([faceOf(200), faceOf(180, 500), faceOf(120)], [1.5, 2, 0]));
    const evidence = seen && faceEvidence(seen);
    expect(evidence).toMatchObject({ kind: 'face', direction: 'ai', code: 'face-blending' });
    expect(evidence?.details).toEqual({
      pack: 'starter',
      version: manifest.version,
      logit: 2,
      faces: 3,
      facesAbove: 2,
      x: 0.5,
      y: 0,
      width: 0.18,
      height: 0.225,
    });
  });
  it('is none at the threshold or below', async () => {
    const seen = await look(rooms([faceOf(200)], [1]));
    expect(seen && faceEvidence(seen)).toBeUndefined();
  });
});
