import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installPack } from '../install/install-pack.ts';
import { headAnswer } from '../judging/head-answer.ts';
import { type HeadOptions, ownHeadOf, writeHead } from './fixtures/own-head.ts';
import { listPacks, readPack } from './pack-folder.ts';

const SHIPPED = fileURLToPath(new URL('../../packs', import.meta.url));
const base = await readPack(join(SHIPPED, 'starter'));
const own = ownHeadOf(base);

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-heads-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What becomes of a head that lies among the installed packs. */
async function listed(options: Partial<HeadOptions> = {}) {
  const into = await scratch();
  await writeHead(into, base, own, { name: 'head', ...options });
  const { packs, refused } = await listPacks([SHIPPED, into]);
  return { pack: packs.get('head@1'), reason: refused[0]?.reason };
}

const text = (head: object): Partial<HeadOptions> => ({ text: JSON.stringify(head) });
const inHead = (changes: object): Partial<HeadOptions> => ({
  change: (manifest) => Object.assign(manifest.head as object, changes),
});
const ofKind = (kind: string, head: object): Partial<HeadOptions> => ({
  ...text({ kind, ...head }),
  ...inHead({ kind }),
});
/** Two vectors for the base, all of one number in half precision. */
const halves = (bits: number): string => Buffer.from(new Uint16Array(2 * 1024).fill(bits).buffer).toString('base64');
const pictures = { neighbours: 1, labels: '01', vectors: halves(0x3c00) };
const layer = {
  hidden: 2,
  first: Buffer.from(new Float32Array(2 * 1024).fill(0.5).buffer).toString('base64'),
  firstBias: [0, 0],
  second: [1, -1],
  bias: 0,
};
const inBase = (changes: object): Partial<HeadOptions> => ({
  change: (manifest) => Object.assign((manifest.head as { base: object }).base, changes),
});

it.each([
  ['neighbours', pictures],
  ['perceptron', layer],
] as const)('a sound head of %s is taken, and answers not a number for what is none', async (kind, head) => {
  const { pack, reason } = await listed(ofKind(kind, head));
  if (!pack) throw new Error(reason);
  expect(pack.head?.kind).toBe(kind);
  expect(headAnswer(pack, new Float32Array(1024).fill(1)).logit).toSatisfy(Number.isFinite);
  expect(() => headAnswer(pack, new Float32Array(1024).fill(Number.NaN))).toThrow('answered NaN');
  expect(() => headAnswer(pack, new Float32Array(0))).toThrow('answered NaN');
});

it('a sound head is taken, with graph and preprocessing of its base', async () => {
  const { pack } = await listed();
  expect(pack?.head?.base.manifest.name).toBe('starter');
  expect(pack?.manifest).toMatchObject({ name: 'head', model: base.manifest.model, minimumSide: 200 });
});

describe('attack: a head that is not what it says', () => {
  it.each<[string, Partial<HeadOptions>, RegExp]>([
    [
      'has fewer weights than the graph has features',
      text({ ...own, kind: 'logistic', weights: [1, 2] }),
      /2 weights for 1024/,
    ],
    ['has a million weights', text({ kind: 'logistic', weights: Array(1e6).fill(1), bias: 0 }), /bytes/],
    ['has a weight that is no number', text({ kind: 'logistic', weights: Array(1024).fill('1'), bias: 0 }), /weights/],
    ['overflows', { text: `{"kind":"logistic","weights":[${Array(1024).fill('1e308')}],"bias":0}` }, /weights/],
    [
      'has an endless weight',
      { text: `{"kind":"logistic","weights":[${Array(1024).fill('1e999')}],"bias":0}` },
      /weights/,
    ],
    [
      'is another kind than its pack says',
      text({ ...own, kind: 'correction', baseScale: 1 }),
      /a correction instead of a logistic/,
    ],
    [
      'turns the words of its base around',
      { ...text({ ...own, kind: 'correction', baseScale: -1 }), ...inHead({ kind: 'correction' }) },
      /baseScale/,
    ],
    [
      'votes with fewer pictures than it says',
      ofKind('neighbours', { ...pictures, labels: '011' }),
      /no 3 vectors of 1024/,
    ],
    ['asks more pictures than there are', ofKind('neighbours', { ...pictures, neighbours: 3 }), /asks 3 of 2/],
    ['asks no picture', ofKind('neighbours', { ...pictures, neighbours: 0 }), /neighbours/],
    ['calls a picture neither', ofKind('neighbours', { ...pictures, labels: '02' }), /labels/],
    ['has an endless feature', ofKind('neighbours', { ...pictures, vectors: halves(0x7c00) }), /no 2 vectors of 1024/],
    [
      'hides signs between its numbers',
      ofKind('neighbours', { ...pictures, vectors: ` ${halves(0)}` }),
      /no 2 vectors/,
    ],
    ['has more units than numbers', ofKind('perceptron', { ...layer, hidden: 3 }), /no 3 x 1024 weights/],
    ['has fewer numbers than units', ofKind('perceptron', { ...layer, second: [1] }), /1 numbers for 2 units/],
    ['has a thousand units', ofKind('perceptron', { ...layer, hidden: 1_000 }), /hidden/],
    [
      'has a layer without end',
      ofKind('perceptron', {
        ...layer,
        first: Buffer.from(Float32Array.of(...Array(2048).fill(1e30)).buffer).toString('base64'),
      }),
      /no 2 x 1024 weights/,
    ],
    ['is longer than its kind may be', inHead({ bytes: 300_000 }), /at most 262144 bytes/],
    ['is of a kind that nobody knows', inHead({ kind: 'program' }), /kind/],
    ['brings something else along', text({ ...own, kind: 'logistic', script: 'x' }), /script/],
    ['is not JSON', { text: '(function () {})()' }, /not JSON/],
    ['lies outside its folder', inHead({ file: '../head.json' }), /file/],
    ['says another length', inHead({ bytes: 3 }), /bytes/],
    ['says another hash', inHead({ sha256: 'a'.repeat(64) }), /sha256/],
    ['is its own description', inHead({ file: 'pack.json' }), /different names/],
    ['is made for another graph of that name', inBase({ sha256: 'a'.repeat(64) }), /another graph/],
    ['is made for a version that is not there', inBase({ version: '9' }), /starter@9 is not installed/],
    ['is made for itself', inBase({ name: 'head', version: '1' }), /head@1 is not installed/],
    ['is made for a property of objects', inBase({ name: 'constructor' }), /not installed/],
  ])('%s', async (_, options, reason) => {
    const found = await listed(options);
    expect(found.pack).toBeUndefined();
    expect(found.reason).toMatch(reason);
  });

  it('is a link to another file', async () => {
    const into = await scratch();
    const folder = await writeHead(into, base, own, { name: 'head' });
    await writeFile(join(into, 'outside.json'), JSON.stringify({ kind: 'logistic', ...own }));
    await rm(join(folder, 'head.json'));
    await symlink(join(into, 'outside.json'), join(folder, 'head.json'));
    const { packs, refused } = await listPacks([SHIPPED, into]);
    expect(packs.has('head@1')).toBe(false);
    expect(refused[0]?.reason).toMatch(/plain file/);
  });

  it('answers not a number for features out of all bounds', async () => {
    const { pack } = await listed();
    if (!pack) throw new Error('refused');
    expect(() => headAnswer(pack, new Float32Array(1024).fill(Number.NaN))).toThrow('answered NaN');
    expect(() => headAnswer(pack, new Float32Array(0))).toThrow('answered NaN');
  });
});

describe('an installation', () => {
  const yes = async (): Promise<boolean> => true;

  it('tries a head on its base, and refuses one that answers otherwise than it says', async () => {
    const [source, into] = [await scratch(), await scratch()];
    const packFolders = [SHIPPED, into];
    const good = await writeHead(source, base, own, { name: 'good' });
    expect((await installPack({ source: good, into, packFolders, confirm: yes })).manifest.name).toBe('good');
    const wrong = await writeHead(source, base, own, { name: 'wrong', golden: base.manifest.golden.logit + 1 });
    await expect(installPack({ source: wrong, into, packFolders, confirm: yes })).rejects.toMatchObject({
      code: 'pack-invalid',
      detail: expect.stringMatching(/golden/),
    });
    await expect(installPack({ source: good, into: await scratch(), confirm: yes })).rejects.toMatchObject({
      code: 'base-missing',
      detail: expect.stringMatching(/starter@0.1.0 is not installed/),
    });
    expect([...(await listPacks(packFolders)).packs.keys()]).toContain('good@1');
  });
});
