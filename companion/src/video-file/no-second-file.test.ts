import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeVideo } from './decode-video.ts';
import { greyClip } from './fixtures/clips.ts';

let folder: string;
let server: Server;
let asked: string[] = [];
const at = (name: string): string => join(folder, name);
const address = (name: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-second-'));
  await greyClip(at('plain.mp4'));
  const clip = await readFile(at('plain.mp4'));
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.end(clip);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function decode(name: string): Promise<string[]> {
  const file = await open(at(name));
  try {
    const types: string[] = [];
    for await (const { type } of decodeVideo(file)) types.push(type);
    return types;
  } finally {
    await file.close();
  }
}

/** Files that only name another one, which FFmpeg's own demuxers would fetch. */
const lists: readonly (readonly [string, (target: string) => string])[] = [
  ['HLS', (target) => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${target}\n#EXT-X-ENDLIST\n`],
  ['concat', (target) => `ffconcat version 1.0\nfile '${target}'\n`],
  [
    'DASH',
    (target) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${target}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ],
  [
    'SDP',
    (target) => `v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=control:${target}\n`,
  ],
];

describe('a file that names another', { timeout: 300_000 }, () => {
  it.each(lists)('%s is no video, and nothing is fetched', async (name, content) => {
    asked = [];
    for (const target of [address('clip.mp4'), `file://${at('plain.mp4')}`, at('plain.mp4')]) {
      await writeFile(at(`${name}.mp4`), content(target));
      await expect(decode(`${name}.mp4`)).rejects.toMatchObject({ code: 'video-unreadable' });
    }
    expect(asked).toEqual([]);
  });

  it('an MP4 whose table says that its pictures lie elsewhere is read by itself alone', async () => {
    const bytes = await readFile(at('plain.mp4'));
    const place = bytes.indexOf('dref');
    // One entry, "url ", with the flag that means "in this file"; without it an address follows.
    const flag = bytes.indexOf('url ', place) + 7;
    expect([place > 0, bytes[flag]]).toEqual([true, 1]);
    bytes[flag] = 0;
    await writeFile(at('elsewhere.mp4'), bytes);
    asked = [];
    const types = await decode('elsewhere.mp4');
    expect(types.filter((type) => type === 'frame')).toHaveLength(4);
    expect(asked).toEqual([]);
  });
});
