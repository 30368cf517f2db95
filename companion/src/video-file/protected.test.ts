import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeVideo } from './decode-video.ts';
import { greyClip } from './fixtures/clips.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-protected-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Common Encryption, as stores and studios use it. */
const CENC = {
  encryption_scheme: 'cenc-aes-ctr',
  encryption_key: '76a6c65c5ea762046bd749a2e632ccbb',
  encryption_kid: 'a7e61c373e219033c21091fa607bf3b8',
};

async function framesOf(name: string): Promise<number> {
  const file = await open(at(name));
  try {
    let frames = 0;
    for await (const { type } of decodeVideo(file)) if (type === 'frame') frames++;
    return frames;
  } finally {
    await file.close();
  }
}

/** An element of Matroska. */
function element(id: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x1000_0000 + body.length);
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}
const number = (id: string, value: number): Buffer => element(id, Buffer.of(value));
const text = (id: string, value: string): Buffer => element(id, Buffer.from(value));

/** A WebM of one frame whose track is encoded in some way. @param type 1 pictures, 2 sound */
function webm(type: number, ...encodings: readonly Buffer[]): Buffer {
  const pictures = element('e0', number('b0', 64), number('ba', 64));
  const track = [number('d7', 1), number('73c5', 1), number('83', type), text('86', 'V_VP8'), pictures, ...encodings];
  return Buffer.concat([
    element('1a45dfa3', text('4282', 'webm')),
    element(
      '18538067',
      element('1654ae6b', element('ae', ...track)),
      element('1f43b675', number('e7', 0), element('a3', Buffer.from('8100008000000000', 'hex'))),
    ),
  ]);
}

const ENCRYPTION = element('5035', number('47e1', 5));
const encodings = (...content: readonly Buffer[]): Buffer =>
  element('6d80', element('6240', number('5033', 1), ...content));

describe('protected files', { timeout: 300_000 }, () => {
  it.each([
    ['a whole file', {}],
    ['fragments', { movflags: 'frag_keyframe+empty_moov' }],
    ['tables at the front', { movflags: 'faststart' }],
  ])('MP4 with Common Encryption, %s', async (_, muxer) => {
    await greyClip(at('cenc.mp4'), { muxer: { ...CENC, ...muxer } });
    await expect(framesOf('cenc.mp4')).rejects.toMatchObject({ code: 'video-protected' });
  });

  it.each([
    ['a scheme nobody knows', 'cenc', 'cbc1'],
    ['FairPlay', 'encv', 'drmi'],
    ['no scheme at all', 'schm', 'free'],
  ])('MP4 with %s', async (_, from, to) => {
    await greyClip(at('plain.mp4'), { muxer: CENC });
    const bytes = await readFile(at('plain.mp4'));
    for (let place = bytes.indexOf(from); place >= 0; place = bytes.indexOf(from)) bytes.write(to, place, 'latin1');
    await writeFile(at('other.mp4'), bytes);
    await expect(framesOf('other.mp4')).rejects.toMatchObject({ code: 'video-protected' });
  });

  it('WebM with encrypted pictures', async () => {
    await writeFile(at('protected.webm'), webm(1, encodings(ENCRYPTION)));
    await expect(framesOf('protected.webm')).rejects.toMatchObject({ code: 'video-protected' });
  });

  it('but not what is only packed, unreadable, or sound', async () => {
    const packed = element('5034', number('4254', 0));
    const others = [webm(1, encodings(packed)), webm(2, encodings(ENCRYPTION)), webm(1), webm(1).subarray(0, 40)];
    for (const [index, bytes] of others.entries()) {
      await writeFile(at('other.webm'), bytes);
      await expect(framesOf('other.webm'), String(index)).rejects.toMatchObject({ code: 'video-unreadable' });
    }
  });

  it('and plain files are read as before', async () => {
    for (const name of ['open.mp4', 'open.webm']) {
      await greyClip(at(name), { encoder: name.endsWith('webm') ? 'libvpx' : 'libx264' });
      expect(await framesOf(name)).toBe(4);
    }
  });
});
