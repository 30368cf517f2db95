import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, runTouchstone, temporaryHome } from './fixtures/run-touchstone.ts';

const samples = fileURLToPath(new URL('../../assets/samples', import.meta.url));
const cat = join(samples, 'chelsea.png');

let home: string;
let dispose: () => Promise<void>;

beforeAll(async () => {
  ({ home, dispose } = await temporaryHome());
});
afterAll(() => dispose());

/** A picture whose own metadata names its generator, so that the verdict does not hang on a model. */
async function generatedPicture(path: string): Promise<void> {
  const parameters =
    'a castle\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512';
  await sharp({
    create: {
      width: 512,
      height: 512,
      channels: 3,
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
      background: 'black',
    },
  })
    .png()
    .withMetadata()
    .toBuffer()
    .then((png) => writeFile(path, withText(png, 'parameters', parameters)));
}

/** Inserts a tEXt chunk after the header chunk of a PNG. */
function withText(png: Buffer, keyword: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  const afterHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

describe('touchstone check, without a companion', { timeout: 300_000 }, () => {
  it('finds what a person named in their own folder, though npm moves to the root of the clone', async () => {
    const environment = { npm_lifecycle_event: 'touchstone', INIT_CWD: samples };
    const { stdout } = await runTouchstone(['check', '--json', 'chelsea.png'], { home, environment });
    expect(jsonLines(stdout)).toEqual([expect.objectContaining({ file: 'chelsea.png', verdict: expect.any(String) })]);
  });

  it('prints one JSON object a line with everything a program needs', async () => {
    const { code, stdout } = await runTouchstone(['check', '--json', cat], { home });
    const [line, ...more] = jsonLines(stdout);
    expect(more).toEqual([]);
    expect(Object.keys(line ?? {})).toEqual(
      'file verdict probability confidence leaning step pack together reasons evidence caveats ms'.split(' '),
    );
    expect(line).toMatchObject({ file: cat, pack: { name: expect.any(String), version: expect.any(String) } });
    expect(code).toBe(line?.verdict === 'fake' ? 1 : 0);
  });

  it('reads standard input and ends with 1 for a generated picture', async () => {
    const path = join(home, 'castle.png');
    await generatedPicture(path);
    const { code, stdout } = await runTouchstone(['check', '--json', '-'], { home, input: await readFile(path) });
    expect(jsonLines(stdout)).toMatchObject([{ file: '-', verdict: 'fake' }]);
    expect(code).toBe(1);
  });

  it('reports broken, empty, missing and wrong files with code and next step, checks the rest and ends with 2', async () => {
    const folder = join(home, 'bad');
    await mkdir(folder);
    const photo = await readFile(join(samples, 'rocket.jpg'));
    await writeFile(join(folder, 'truncated.jpg'), photo.subarray(0, photo.length / 3));
    await writeFile(join(folder, 'empty.png'), '');
    await writeFile(join(folder, 'good.jpg'), photo);
    await writeFile(join(folder, 'notes.txt'), 'just words');
    const named = join(folder, 'notes.txt');
    const { code, stdout } = await runTouchstone(['check', '--json', folder, named, join(home, 'gone.jpg')], { home });
    const lines = jsonLines(stdout);
    const codes = Object.fromEntries(
      lines.map(({ file, error }) => [file, (error as { code?: string })?.code ?? 'checked']),
    );
    expect(codes).toEqual({
      [join(folder, 'truncated.jpg')]: 'broken-picture',
      [join(folder, 'empty.png')]: 'empty-file',
      [join(folder, 'good.jpg')]: 'checked',
      [named]: 'unsupported-format',
      [join(home, 'gone.jpg')]: 'file-unreadable',
    });
    for (const { error } of lines) if (error) expect(error).toHaveProperty('nextStep', expect.stringMatching(/\w+/));
    expect(code).toBe(2);
  });

  it('prints a table with verdicts in words for people', async () => {
    const { code, stdout, stderr } = await runTouchstone(['check', samples], { home });
    expect(stdout).toMatch(/Likely authentic|Uncertain|Likely AI/);
    expect(stdout).toContain('4 checked');
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
    expect([0, 1]).toContain(code);
  });

  it('names an unknown pack', async () => {
    const { code, stdout } = await runTouchstone(['check', '--json', '--pack', 'nobody', cat], { home });
    expect(jsonLines(stdout)).toMatchObject([{ file: cat, error: { code: 'pack-unknown' } }]);
    expect(code).toBe(2);
  });

  it('keeps what it checked in the history', async () => {
    const { stdout } = await runTouchstone(['check', '--json', cat], { home });
    const [line] = jsonLines(stdout);
    expect(line?.reasons).toContainEqual(expect.objectContaining({ code: 'seen-same-file' }));
  });

  it('ends quietly when its output is closed', async () => {
    const many = Array.from({ length: 40 }, (_, index) => join(home, `not-there-${index}.jpg`));
    const { stderr, code } = await runTouchstone(['check', '--json', ...many], {
      home,
      onChild: (child) => child.stdout?.destroy(),
    });
    expect(stderr).toBe('');
    expect(code).toBe(141);
  });

  it('lists what is finished and ends with 130 on Ctrl-C', async () => {
    const folder = join(home, 'many');
    await mkdir(folder);
    const photo = await readFile(join(samples, 'rocket.jpg'));
    for (let index = 0; index < 60; index += 1) {
      // Other bytes each, so that none is answered from the history.
      await writeFile(join(folder, `${index}.jpg`), Buffer.concat([photo, Buffer.from(String(index))]));
    }
    const { stdout, stderr, code } = await runTouchstone(['check', '--json', folder], {
      home,
      onChild: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    });
    const finished = jsonLines(stdout).length;
    expect(finished).toBeGreaterThan(0);
    expect(finished).toBeLessThan(60);
    expect(stderr).toContain('Interrupted');
    expect(code).toBe(130);
  });
});

describe('touchstone', { timeout: 300_000 }, () => {
  it('ends with 2, not 1, on wrong usage', async () => {
    const { code, stderr } = await runTouchstone(['check', '--nonsense', 'a.jpg'], { home });
    expect(code).toBe(2);
    expect(stderr).toContain('--nonsense');
  });

  it('says what to do when it needs a companion and none runs', async () => {
    for (const command of ['status', 'pair', 'open', 'stop']) {
      const { code, stderr } = await runTouchstone([command], { home });
      expect(stderr).toContain('Next step: Start Touchstone');
      expect(code).toBe(2);
    }
  });
});
