import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ZipFile } from 'yazl';
import { render } from '../../demo/render.ts';
import { SCENES } from '../../demo/scenes.ts';
import { gatherCsv } from './gather-csv.ts';
import { gatherDemo } from './gather-demo.ts';
import { gatherFolder, placeInFolder } from './gather-folder.ts';
import { gatherZip } from './gather-zip.ts';

const never = new AbortController().signal;

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-gather-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a zip. @param mend changes its bytes afterwards */
async function zipOf(fill: (zip: ZipFile) => void, mend = (bytes: Buffer): Buffer => bytes): Promise<string> {
  const path = join(await scratch(), 'pictures.zip');
  const zip = new ZipFile();
  fill(zip);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  await writeFile(path, mend(await readFile(path)));
  return path;
}

async function unpacked(path: string) {
  const into = await scratch();
  const items = await gatherZip(path, into, never);
  return { items, into };
}

/** Writes another name of the same length over every one. */
const renamed =
  (from: string, to: string) =>
  (bytes: Buffer): Buffer =>
    Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');

/** General purpose flags of the local header and of the directory. */
function encrypted(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = 0; at < changed.length - 4; at += 1) {
    const signature = changed.readUInt32LE(at);
    const flags = signature === 0x04034b50 ? 6 : signature === 0x02014b50 ? 8 : undefined;
    if (flags !== undefined) changed.writeUInt16LE(changed.readUInt16LE(at + flags) | 1, at + flags);
  }
  return changed;
}

/** Length in the directory and before the file. */
function lying(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = 0; at < changed.length - 4; at += 1) {
    if (changed.readUInt32LE(at) === 0x02014b50) changed.writeUInt32LE(3, at + 24);
  }
  return changed;
}

const text = (zip: ZipFile, name: string, content = 'a picture'): void => zip.addBuffer(Buffer.from(content), name);

it('a zip of pictures is taken, under numbers, whatever else lies in it', async () => {
  const path = await zipOf((zip) => {
    text(zip, 'set/ai/one/a.jpg', 'first');
    text(zip, 'set/real/b.jpg', 'second');
    text(zip, 'set/readme.txt');
    text(zip, '__MACOSX/ai/._a.jpg');
    zip.addEmptyDirectory('set/real/empty');
  });
  const { items, into } = await unpacked(path);
  expect(items).toEqual([
    { truth: 'ai', name: 'set/ai/one/a.jpg', ties: ['folder ai/one'], place: { kind: 'own', file: '0' } },
    { truth: 'real', name: 'set/real/b.jpg', ties: [], place: { kind: 'own', file: '1' } },
  ]);
  expect(await readdir(into)).toEqual(['0', '1']);
  expect(await readFile(join(into, '1'), 'utf8')).toBe('second');
});

describe('attack: a zip that', () => {
  it.each<[string, () => Promise<string>, { kind: string; file?: string }, RegExp?]>([
    [
      'writes outside its folder',
      () => zipOf((zip) => text(zip, 'ai/xx/xx/file.jpg'), renamed('ai/xx/xx/file.jpg', '../../ai/file.jpg')),
      { kind: 'zip-entry' },
      /invalid relative path/,
    ],
    [
      'writes to an absolute path',
      () => zipOf((zip) => text(zip, 'xai/file.jpg'), renamed('xai/file.jpg', '/ai/file.jpg')),
      { kind: 'zip-entry' },
      /absolute path/,
    ],
    [
      'writes with the slashes of another system',
      () => zipOf((zip) => text(zip, 'xx/ai/file.jpg'), renamed('xx/ai/file.jpg', '..\\ai\\file.jpg')),
      { kind: 'zip-entry' },
      /invalid characters|invalid relative path/,
    ],
    [
      'holds a link to a file of the person',
      () => zipOf((zip) => zip.addBuffer(Buffer.from('/etc/passwd'), 'ai/link.jpg', { mode: 0o120777 })),
      { kind: 'zip-link', file: 'ai/link.jpg' },
    ],
    [
      'fills the disk with nothing',
      () => zipOf((zip) => zip.addBuffer(Buffer.alloc(8 * 1024 * 1024), 'ai/bomb.jpg', { compress: true })),
      { kind: 'zip-ratio', file: 'ai/bomb.jpg' },
    ],
    [
      'unpacks to more than it says',
      () => zipOf((zip) => zip.addBuffer(Buffer.from('much longer'), 'ai/a.jpg', { compress: false }), lying),
      { kind: 'zip-entry' },
      /size mismatch/,
    ],
    [
      'is encrypted',
      () => zipOf((zip) => text(zip, 'ai/a.jpg'), encrypted),
      { kind: 'zip-password', file: 'ai/a.jpg' },
    ],
    [
      'is cut off',
      () =>
        zipOf(
          (zip) => text(zip, 'ai/a.jpg'),
          (bytes) => bytes.subarray(0, 40),
        ),
      { kind: 'zip-form' },
    ],
    [
      'is none',
      () =>
        zipOf(
          () => undefined,
          () => Buffer.from('GIF89a'),
        ),
      { kind: 'zip-form' },
    ],
  ])('%s is refused, and told what is wrong', async (_, make, fault, cause) => {
    const path = await make();
    const refusal: unknown = await unpacked(path).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'dataset-unusable', fault, nextStep: expect.stringContaining('zip anew') });
    if (cause) expect(String((refusal as Error).cause)).toMatch(cause);
  });
});

describe('attack: a folder that', () => {
  it('leads out by a link, or in circles, is read as far as its own files go', async () => {
    const [folder, outside] = [await scratch(), await scratch()];
    await mkdir(join(folder, 'ai'));
    await writeFile(join(folder, 'ai', 'own.jpg'), 'own');
    await writeFile(join(outside, 'secret.jpg'), 'secret');
    await symlink(outside, join(folder, 'ai', 'outside'));
    await symlink(join(outside, 'secret.jpg'), join(folder, 'ai', 'secret.jpg'));
    await symlink(folder, join(folder, 'ai', 'circle'));
    expect((await gatherFolder(folder)).map(({ name }) => name)).toEqual(['ai/own.jpg']);
  });

  it('is deeper than any collection is refused', async () => {
    const folder = await scratch();
    await mkdir(join(folder, 'ai', ...Array<string>(20).fill('d')), { recursive: true });
    await expect(gatherFolder(folder)).rejects.toMatchObject({ fault: { kind: 'too-deep', count: 16, file: 'd' } });
  });

  it('has folders named like properties of objects says nothing by them', () => {
    expect(placeInFolder('constructor/a.jpg')).toBeUndefined();
    expect(placeInFolder('__proto__/ai/a.jpg')).toMatchObject({ truth: 'ai', part: undefined });
  });
});

describe('attack: a CSV file that', () => {
  const csv = async (content: string) => {
    const path = join(await scratch(), 'labels.csv');
    await writeFile(path, content);
    return gatherCsv(path);
  };
  it('is right is taken', async () => {
    expect(await csv('\ufeffPath,Label,source\r\na.jpg,AI,one\r\n"b,c.jpg",0,\r\n')).toMatchObject([
      { truth: 'ai', name: 'a.jpg', ties: ['source one'], place: { path: expect.stringMatching(/\/a\.jpg$/) } },
      { truth: 'real', name: 'b,c.jpg', ties: [] },
    ]);
  });
  it.each([
    ['has other columns', 'file,kind\na.jpg,ai\n', { kind: 'csv-columns' }],
    ['calls a picture something else', 'path,label\na.jpg,ai\nb.jpg,maybe\n', { kind: 'csv-label', line: 3 }],
    ['does so in a file of Windows', 'path,label\r\na.jpg,ai\r\nb.jpg,maybe\r\n', { kind: 'csv-label', line: 3 }],
    ['does so below empty lines', 'path,label\n\n\na.jpg,maybe\n', { kind: 'csv-label', line: 4 }],
    ['calls a picture by a property of objects', 'path,label\na.jpg,constructor\n', { kind: 'csv-label', line: 2 }],
    ['names no file', 'path,label\n,ai\n', { kind: 'csv-path', line: 2 }],
    ['knows another part', 'path,label,split\na.jpg,ai,train\nb.jpg,ai,valid\n', { kind: 'csv-split', line: 3 }],
    ['has lines of other lengths', 'path,label\na.jpg,ai,too,much\n', { kind: 'csv-form', line: 2 }],
    ['never closes a quote', 'path,label\na.jpg,ai\n"b.jpg,ai\n', { kind: 'csv-form', line: 3 }],
  ])('%s is refused, with the line that is wrong', async (_, content, fault) => {
    await expect(csv(content)).rejects.toMatchObject({
      code: 'dataset-unusable',
      fault,
      nextStep: expect.stringContaining('Correct the CSV file'),
    });
  });
});

it('the packaged demo set has enough of both classes, small enough, and its cuts of one photograph stay together', async () => {
  const into = await scratch();
  const items = await gatherDemo(into, 7);
  for (const truth of ['ai', 'real']) {
    expect(items.filter((item) => item.truth === truth).length).toBeGreaterThanOrEqual(60);
  }
  expect((await readdir(into)).toSorted()).toEqual(items.map((_, index) => `${index + 7}`).toSorted());
  let bytes = 0;
  for (const { name, ties, place } of items) {
    const file = await readFile(join(into, place.kind === 'own' ? place.file : ''));
    bytes += file.byteLength;
    const { format, width, height } = await sharp(file).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 200, height: 200 });
    expect(ties).toEqual([`demo ${name.split('/').slice(1, -1).join('/')}`]);
  }
  expect(bytes).toBeLessThan(3 * 1024 * 1024);
  const folders = new Set(items.flatMap(({ ties }) => ties));
  const notice = await readFile(new URL('../../assets/demo/NOTICE.md', import.meta.url), 'utf8');
  for (const tie of folders) if (tie.includes('photographs/')) expect(notice).toContain(`| \`${tie.split('/')[1]}\` |`);
});

it('a rendering of the demo set is computed the same every time', async () => {
  const { data } = await sharp(fileURLToPath(new URL('../../assets/demo/renderings/clouds/3.jpg', import.meta.url)))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const drawn = render(SCENES.clouds ?? (() => [0, 0, 0]), 3, 200);
  const off = drawn.reduce((sum, one, i) => sum + Math.abs(one - (data[i] ?? 0)), 0) / drawn.length;
  // What JPEG loses.
  expect(off).toBeLessThan(4);
});
