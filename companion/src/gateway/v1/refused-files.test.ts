import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '@touchstone/shared';
import { CheckList } from '@touchstone/shared/api';
import sharp from 'sharp';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { startCompanion } from '../../daemon/start-companion.ts';
import { chunk, withChunks } from '../../evidence/fixtures/png-chunks.ts';
import { box } from '../../evidence/fixtures/tagged-video.ts';
import { rawPhoto } from '../../intake/fixtures/raw-photo.ts';
import { testPicture } from '../../pipeline/fixtures/test-pictures.ts';
import { send, temporaryFolder } from '../fixtures/test-companion.ts';

const PACKS = fileURLToPath(new URL('../../../../models/packs', import.meta.url));

const Control = v.pipe(v.string(), v.parseJson(), v.object({ port: v.number(), token: v.string() }));

/** A companion that lacks nothing, models and decoders and all. */
async function startWhole() {
  const home = await temporaryFolder();
  const signal = new AbortController().signal;
  const result = await startCompanion({ home, port: 0, signal, packFolders: [PACKS], provider: 'cpu' });
  if (result.outcome !== 'started') throw new Error(result.outcome);
  onTestFinished(() => result.companion.stop());
  const { port, token } = v.parse(Control, await readFile(join(home, 'control.json'), 'utf8'));
  return async (bytes: Uint8Array, query = 'pack=starter'): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await send(port, `/v1/checks?wait=60&${query}`, { method: 'POST', body: bytes, headers });
    if (answer.status !== 200) return Object(answer.json()).code;
    return v.parse(CheckList, answer.json()).checks[0]?.error?.code;
  };
}

/** A BMP that promises a size and holds nothing. */
function boastfulBmp(width: number, height: number): Buffer {
  const bmp = Buffer.alloc(200);
  bmp.write('BM');
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(width, 18);
  bmp.writeInt32LE(height, 22);
  return bmp;
}

/** An element of Matroska. */
function element(id: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x1000_0000 + body.length);
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}

/** A WebM whose one track is encrypted. */
function protectedWebm(): Buffer {
  const encryption = element(
    '6d80',
    element('6240', element('5033', Buffer.of(1)), element('5035', element('47e1', Buffer.of(5)))),
  );
  const pictures = element('e0', element('b0', Buffer.of(64)), element('ba', Buffer.of(64)));
  const track = [element('d7', Buffer.of(1)), element('73c5', Buffer.of(1)), element('83', Buffer.of(1))];
  return Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm'))),
    element(
      '18538067',
      element('1654ae6b', element('ae', ...track, element('86', Buffer.from('V_VP8')), pictures, encryption)),
      element('1f43b675', element('e7', Buffer.of(0)), element('a3', Buffer.from('8100008000000000', 'hex'))),
    ),
  ]);
}

it('a file that cannot be judged fails with the code that says why', async () => {
  const check = await startWhole();
  const jpeg = await testPicture().jpeg().toBuffer();
  const png = await testPicture().png().toBuffer();
  const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#123' } });
  const files: readonly [ErrorCode, Uint8Array][] = [
    ['empty-file', Buffer.alloc(0)],
    ['too-large', Buffer.alloc(65 * 1024 * 1024, jpeg)],
    ['unsupported-format', Buffer.from('hello, I am not a picture')],
    ['svg-refused', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>')],
    ['heic-refused', box('ftyp', Buffer.from('heic\0\0\0\0mif1heic'))],
    ['hdr-refused', withChunks(png, chunk('cICP', Buffer.of(9, 16, 0, 1)))],
    ['raw-refused', await rawPhoto()],
    ['broken-picture', jpeg.subarray(0, jpeg.length * 0.6)],
    ['too-long', boastfulBmp(70_000, 40)],
    ['too-many-pixels', boastfulBmp(30_000, 30_000)],
    ['too-small', await dot.png().toBuffer()],
    ['video-unreadable', Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from('no video at all')])],
    ['video-protected', protectedWebm()],
  ];
  for (const [code, bytes] of files) expect(await check(bytes), code).toBe(code);
  expect(await check(png, 'pack=nothing')).toBe('pack-unknown');
  // Whatever came before: the next good picture is judged.
  expect(await check(png)).toBeUndefined();
});
