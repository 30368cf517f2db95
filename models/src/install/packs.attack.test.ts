import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ALWAYS,
  classifier,
  ENDLESS_LOOP,
  externalTensor,
  type Field,
  FLOAT,
  floats,
  graphAttribute,
  inlineTensor,
  MANY,
  message,
  model,
  node,
  number,
  scans,
  tensorAttribute,
} from '../onnx/fixtures/tiny-onnx.ts';
import { listPacks, readPack } from '../pack/pack-folder.ts';
import { openPack } from '../session/pack-session.ts';
import { installPack } from './install-pack.ts';
import { tryPack } from './try-model.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const yes = async (): Promise<boolean> => true;
/** Answer of the classifier for the golden view, from its own formula: the product computes it from these bytes. */
const MODEL = model(classifier());
/** 4 R + 2 G - 5 B of byte i = (i * 7919) mod 256, planar. */
const GOLDEN = [4, 2, -5].reduce((sum, weight, channel) => {
  let mean = 0;
  for (let i = 0; i < 1024; i++) mean += ((channel * 1024 + i) * 7919) % 256;
  return sum + (weight * mean) / 1024;
}, 0);

let folder: string;
let into: string;
let source: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-hostile-pack-'));
  into = join(folder, 'installed');
  source = join(folder, 'pack');
  await mkdir(source);
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

interface Parts {
  readonly file?: string;
  readonly companions?: readonly { readonly file: string; readonly bytes: Uint8Array }[];
  readonly bytes?: number;
  readonly card?: string;
}

function manifest(bytes: Uint8Array, { file = 'model.onnx', companions = [], card = 'CARD.md', ...more }: Parts = {}) {
  return {
    format: 2,
    name: 'hostile',
    version: '1',
    licence: 'none',
    description: 'A pack of an attacker.',
    tier: 'quick',
    task: 'ai-image',
    model: {
      file,
      sha256: sha256(bytes),
      bytes: more.bytes ?? bytes.length,
      opset: 13,
      companions: companions.map((one) => ({ file: one.file, sha256: sha256(one.bytes), bytes: one.bytes.length })),
    },
    input: {
      name: 'pixels',
      layout: 'NCHW',
      type: 'float32',
      range: [0, 255],
      color: 'srgb-rgb',
      size: [32, 32],
      background: 'white',
      kernel: 'cubic',
      kernelEnlarging: 'cubic',
      views: [{ kind: 'squash' }],
      combine: 'mean-logit',
    },
    output: { logit: 'logit' },
    calibration: { kind: 'platt', scale: 1, bias: 0, fittedOn: 'nothing' },
    thresholds: { fakeAbove: 0.9, realBelow: 0.1, meaning: 'none' },
    minimumSide: 32,
    golden: { input: 'as always', logit: GOLDEN, tolerance: 0.1 },
    card,
  };
}

/** Writes a pack whose description fits its bytes, so that only what is inside can be wrong. */
async function pack(bytes: Uint8Array, parts: Parts = {}): Promise<void> {
  await writeFile(join(source, parts.file ?? 'model.onnx'), bytes);
  for (const one of parts.companions ?? []) await writeFile(join(source, one.file), one.bytes);
  await writeFile(join(source, 'pack.json'), JSON.stringify(manifest(bytes, parts)));
}

const install = () => installPack({ source, into, confirm: yes });

/** Refused with these words, and nothing is left where packs are. */
async function expectRefused(installing: Promise<unknown>, detail: RegExp): Promise<void> {
  await expect(installing).rejects.toMatchObject({ code: 'pack-invalid', detail: expect.stringMatching(detail) });
  const left = (await readdir(into).catch(() => [])).filter((name) => name !== '.downloads');
  expect(left).toEqual([]);
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/pack.json`;
}

const ifEndless = node('If', ['always'], ['chosen'], {
  attributes: ['then_branch', 'else_branch'].map((name) => graphAttribute(name, ...ENDLESS_LOOP, message(2, name))),
});

it('an honest pack is installed and answers as it says', async () => {
  await pack(MODEL);
  await expect(install()).resolves.toMatchObject({ manifest: { name: 'hostile' } });
});

it('weights in a file that pack.json lists are taken', async () => {
  const weights = { file: 'weights.bin', bytes: floats(4, 2, -5) };
  await pack(model(classifier({ weights: externalTensor('w', [3, 1], 'weights.bin') })), { companions: [weights] });
  await expect(install()).resolves.toMatchObject({ manifest: { name: 'hostile' } });
});

describe('attack: a pack hangs the computer', { timeout: 300_000 }, () => {
  const endless: readonly (readonly [string, Field[], Field[]])[] = [
    ['in its graph', classifier({ more: ENDLESS_LOOP, initializers: [ALWAYS], last: 'looped' }), []],
    ['in a branch of its graph', classifier({ more: [ifEndless], initializers: [ALWAYS], last: 'chosen' }), []],
    [
      'in a function of its own',
      classifier({ more: [node('Mine', ['m'], ['x'], { domain: 'my.own' })], last: 'x' }),
      [message(25, message(1, 'Mine'), message(10, 'my.own'), ...ENDLESS_LOOP.map((part) => asFunctionNode(part)))],
    ],
  ];

  it.each(endless)(
    'by an endless loop %s, at installation and when it was put there by hand',
    async (_, graph, more) => {
      await pack(model(graph, more));
      await expectRefused(install(), /Loop/);
      await expect(openPack(await readPack(source))).rejects.toMatchObject({ code: 'pack-invalid' });
    },
  );

  it('by an endless loop in a folder of Hugging Face', async () => {
    await writeFile(join(source, 'config.json'), JSON.stringify({ id2label: { 0: 'fake' } }));
    const sizes = { size: { height: 32, width: 32 }, image_mean: [0, 0, 0], image_std: [1, 1, 1] };
    await writeFile(join(source, 'preprocessor_config.json'), JSON.stringify(sizes));
    await writeFile(
      join(source, 'model.onnx'),
      model(classifier({ more: ENDLESS_LOOP, initializers: [ALWAYS], last: 'looped' })),
    );
    await expectRefused(install(), /Loop/);
  });

  it.runIf(process.platform !== 'win32')('by a pipe in the place of each of its files', async () => {
    for (const file of ['pack.json', 'model.onnx', 'CARD.md']) {
      await pack(MODEL);
      await rm(join(source, file), { force: true });
      execFileSync('mkfifo', [join(source, file)]);
      await expectRefused(install(), /not a plain file/);
      await rm(join(source, file));
    }
  });

  it('by scans within scans, each of which ends: it runs, and is ended', async () => {
    await pack(model(classifier({ more: [scans(1)], initializers: [MANY], last: 'scanned' })));
    await expect(tryPack(source)).resolves.toBeUndefined();
    await pack(model(classifier({ more: [scans(5)], initializers: [MANY], last: 'scanned' })));
    await expect(tryPack(source, { limitMs: 6_000 })).rejects.toMatchObject({
      code: 'pack-invalid',
      detail: expect.stringContaining('did not answer within 6 s'),
    });
  });

  it('by graphs in graphs in graphs', async () => {
    let inner: Field = node('Identity', ['m'], ['x']);
    for (let i = 0; i < 200; i++)
      inner = node('If', ['always'], ['x'], { attributes: [graphAttribute('then_branch', inner)] });
    await pack(model(classifier({ more: [inner], initializers: [ALWAYS], last: 'x' })));
    await expectRefused(install(), /nested deeper/);
  });
});

describe('attack: a pack reads other files of the computer', () => {
  it.each(['../secret.bin', '/etc/passwd', 'sub/weights.bin', 'unlisted.bin', '', './unlisted.bin', 'model.onnx'])(
    'as its weights: "%s"',
    async (location) => {
      await writeFile(join(folder, 'secret.bin'), floats(4, 2, -5));
      await writeFile(join(source, 'unlisted.bin'), floats(4, 2, -5));
      await pack(model(classifier({ weights: externalTensor('w', [3, 1], location) })));
      await expectRefused(install(), /does not list/);
      await expect(openPack(await readPack(source))).rejects.toMatchObject({ code: 'pack-invalid' });
    },
  );

  it('as the constant of a node, where weights seldom are', async () => {
    const constant = node('Constant', [], ['c'], {
      attributes: [tensorAttribute('value', ...externalTensor('c', [1, 1], '../secret.bin'))],
    });
    await writeFile(join(folder, 'secret.bin'), floats(1));
    await pack(model(classifier({ more: [constant, node('Add', ['m', 'c'], ['x'])], last: 'x' })));
    await expectRefused(install(), /does not list/);
  });

  it('by a link under a listed name', async () => {
    const bytes = floats(4, 2, -5);
    await writeFile(join(folder, 'secret.bin'), bytes);
    await pack(model(classifier({ weights: externalTensor('w', [3, 1], 'weights.bin') })), {
      companions: [{ file: 'weights.bin', bytes }],
    });
    await rm(join(source, 'weights.bin'));
    await symlink(join(folder, 'secret.bin'), join(source, 'weights.bin'));
    await expectRefused(install(), /not a plain file/);
    await expect(openPack(await readPack(source))).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it('by a link in the place of its model', async () => {
    await pack(MODEL);
    await writeFile(join(folder, 'elsewhere.onnx'), MODEL);
    await rm(join(source, 'model.onnx'));
    await symlink(join(folder, 'elsewhere.onnx'), join(source, 'model.onnx'));
    await expectRefused(install(), /not a plain file/);
  });

  it('by an operator that loads what it likes', async () => {
    await pack(model(classifier({ more: [node('EPContext', ['m'], ['x'], { domain: 'com.microsoft' })], last: 'x' })));
    await expectRefused(install(), /EPContext/);
  });
});

describe('attack: a pack runs code of its own', () => {
  it('by a custom operator', async () => {
    await pack(model(classifier({ more: [node('Shell', ['m'], ['x'], { domain: 'evil.ops' })], last: 'x' })));
    await expectRefused(install(), /custom operator evil\.ops:Shell/);
  });

  it('by overwriting its own description with its model or its card', async () => {
    for (const parts of [{ file: 'pack.json' }, { card: 'pack.json' }, { card: 'Model.onnx' }]) {
      await writeFile(join(source, 'pack.json'), JSON.stringify(manifest(MODEL, parts)));
      await expectRefused(install(), /different names/);
    }
  });

  it('by a name that leads out of the folder of packs', async () => {
    await pack(MODEL);
    const named = await installPack({ source, into, confirm: yes, name: '../../../outside' });
    expect(named.folder.startsWith(join(into, ''))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['installed', 'pack']);
  });
});

describe('attack: a pack fills disk and memory', () => {
  it('by a description of a gigabyte', async () => {
    const file = await open(join(source, 'pack.json'), 'w');
    await file.truncate(1_000_000_000);
    await file.close();
    await expectRefused(install(), /too long/);
    const { packs, refused } = await listPacks([folder]);
    expect([packs.size, refused.length]).toEqual([0, 1]);
  });

  it('by a server whose description never ends', async () => {
    source = await serve((_, response) => {
      const timer = setInterval(() => response.write(' '.repeat(100_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    await expect(install()).rejects.toMatchObject({ code: 'too-large' });
    expect((await listPacks([into])).packs.size).toBe(0);
  });

  it('by a description that unpacks to a hundred megabytes', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 32));
    source = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    await expect(install()).rejects.toMatchObject({ code: 'too-large' });
  });

  it('by a server that sends more than the description says', async () => {
    const description = JSON.stringify(manifest(MODEL));
    source = await serve((request, response) => {
      if (request.url === '/pack.json') return void response.end(description);
      const timer = setInterval(() => response.write(Buffer.alloc(100_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    await expect(install()).rejects.toMatchObject({ code: 'too-large' });
  });

  it('by more files than any model has', async () => {
    const bytes = floats(1);
    const companions = Array.from({ length: 17 }, (_, index) => ({ file: `w${index}.bin`, bytes }));
    await pack(MODEL, { companions });
    await expectRefused(install(), /companions/);
  });
});

describe('attack: a file that is no model reaches the runtime', () => {
  const files: readonly (readonly [string, Buffer])[] = [
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('not a model at all')],
    ['zeros', Buffer.alloc(5000)],
    ['another format of the runtime', Buffer.from('\x18\0\0\0ORTM\0\0\0\0', 'latin1')],
    ['a field longer than the file', Buffer.concat([number(1, 8), Buffer.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f])])],
    ['half of a model', MODEL.subarray(0, MODEL.length / 2)],
    ['a number without end', Buffer.from(Array.from({ length: 40 }, () => 0xff))],
    ['a tensor of negative size', model(classifier({ weights: inlineTensor('w', FLOAT, [2 ** 52], floats(1)) }))],
  ];
  it.each(files)('%s', async (_, bytes) => {
    await pack(bytes, { bytes: Math.max(1, bytes.length) });
    await expectRefused(install(), /./);
  });
  it('is refused with the words of a person', async () => {
    await pack(Buffer.from('not a model at all'));
    await expectRefused(install(), /not an ONNX file/);
    expect(await readFile(join(source, 'model.onnx'), 'utf8')).toContain('not a model');
  });
});

/** A node of a graph (field 1) as a node of a function (field 7). */
function asFunctionNode(part: Field): Field {
  const changed = Buffer.from(part);
  changed[0] = 7 * 8 + 2;
  return changed;
}
