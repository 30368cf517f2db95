import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../video-file/fixtures/make-clip.ts';
import { jsonLines, runTouchstone, temporaryHome } from './fixtures/run-touchstone.ts';

const rocket = fileURLToPath(new URL('../../assets/samples/rocket.jpg', import.meta.url));

let home: string;
let folder: string;
let dispose: () => Promise<void>;

beforeAll(async () => {
  ({ home, dispose } = await temporaryHome());
  folder = join(home, 'films');
  await mkdir(folder);
  const photo = await sharp(rocket).resize(480, 320, { fit: 'cover' }).raw().toBuffer();
  // Brighter from frame to frame, and from the start again.
  const shown = Array.from({ length: 40 }, (_, index) => photo.map((value) => Math.min(255, value + index)));
  const draw = (index: number): Uint8Array => shown[index % shown.length] ?? photo;
  const clip = { width: 480, height: 320, rate: 10, draw };
  await makeClip({ ...clip, path: join(folder, 'clip.mp4'), frames: 40 });
  await makeClip({ ...clip, path: join(home, 'long.mp4'), frames: 800 });
  await copyFile(join(folder, 'clip.mp4'), join(folder, 'renamed.dat'));
  await copyFile(rocket, join(folder, 'photo.jpg'));
  await writeFile(join(folder, 'torn.webm'), 'not a video');
  await writeFile(join(folder, 'notes.txt'), 'words');
}, 300_000);
afterAll(() => dispose());

describe('touchstone check, with videos', { timeout: 300_000 }, () => {
  it('takes them among pictures, by their bytes, and tells every frame', async () => {
    const { code, stdout } = await runTouchstone(['check', '--json', folder], { home });
    const lines = new Map(jsonLines(stdout).map((line) => [String(line.file).slice(folder.length + 1), line]));
    expect([...lines.keys()].sort()).toEqual(['clip.mp4', 'photo.jpg', 'renamed.dat', 'torn.webm']);
    expect(lines.get('torn.webm')).toMatchObject({ error: { code: 'video-unreadable' } });
    expect(lines.get('photo.jpg')).not.toHaveProperty('frames_analyzed');
    for (const name of ['clip.mp4', 'renamed.dat']) {
      const line = lines.get(name);
      expect(line).toMatchObject({ frames_analyzed: 8, verdict: expect.any(String), stopped_early: false });
      expect(line?.frames).toHaveLength(8);
      expect(line?.media).toMatchObject({ container: 'mp4', codec: 'avc', width: 480, height: 320 });
    }
    expect(code).toBe(2);
  });

  it('takes a video on standard input', async () => {
    const input = await readFile(join(folder, 'clip.mp4'));
    const { stdout } = await runTouchstone(['check', '--json', '-'], { home, input });
    expect(jsonLines(stdout)).toMatchObject([{ file: '-', frames_analyzed: 8, verdict: expect.any(String) }]);
  });

  it('writes the timeline as a picture and as JSON', async () => {
    // An escape sequence in a name must not reach the terminal.
    const [png, json] = [join(home, 'time\u001b[31mline.png'), join(home, 'timeline.json')];
    const args = ['check', join(folder, 'clip.mp4'), '--timeline', png, '--timeline', json];
    const { stdout, stderr } = await runTouchstone(args, { home });
    expect(stdout).toContain('1 checked');
    expect(stderr).toContain('time [31mline.png');
    expect(stderr).not.toContain('\u001b[31mline');
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200 });
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ file: 'clip.mp4', framesAnalyzed: 8 });
  });

  it('ends with 130 on Ctrl-C in the middle of a video, and leaves nothing behind', async () => {
    const { code, stderr } = await runTouchstone(
      ['check', '--json', join(folder, 'photo.jpg'), join(home, 'long.mp4')],
      {
        home,
        // The photograph's line says that the model runs; the video takes longer.
        onChild: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
      },
    );
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted');
    expect(await readdir(home)).not.toContain('spool');
  });
});
