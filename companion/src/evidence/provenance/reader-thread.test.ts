import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { testPicture } from '../../pipeline/fixtures/test-pictures.ts';
import { capModuleMemory } from './capped-module.ts';
import { signPicture } from './fixtures/sign-picture.ts';
import { createTestAuthority } from './fixtures/test-authority.ts';
import { ownReader } from './fixtures/test-reader.ts';
import { MODULE_MEMORY_BYTES } from './limits.ts';

/** Said by the thread of hanging-once-worker.ts. */
const HANGS = 'touchstone-test-thread-hangs';

let root: string;
let signed: Uint8Array;
let folder: string;

beforeAll(async () => {
  const authority = await createTestAuthority('Example Trust');
  root = authority.pem;
  const picture = await testPicture(64, 48).jpeg().toBuffer();
  const actions = [{ action: 'c2pa.created', source: 'digitalCapture' }];
  signed = await signPicture(picture, 'image/jpeg', await authority.issue('Example'), { actions });
  folder = mkdtempSync(join(tmpdir(), 'touchstone-files-'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a lost thread', () => {
  it('that hangs is ended after its time, and the file is unreadable', async () => {
    const script = new URL('./fixtures/hanging-worker.ts', import.meta.url);
    const reader = ownReader({ signers: root }, { script, timeLimitMs: 50 });
    const found = await reader.read(signed);
    expect(found).toMatchObject({ provenance: { state: 'unreadable', failures: ['reader.timeLimit'] }, evidence: [] });
    expect(reader.restarts()).toBe(1);
  });

  it('that dies costs the file, and the next one gets a fresh thread', async () => {
    const script = new URL('./fixtures/crashing-worker.ts', import.meta.url);
    const reader = ownReader({ signers: root }, { script });
    const both = await Promise.all([reader.read(signed), reader.read(signed)]);
    for (const found of both) expect(found?.provenance.failures).toEqual(['reader.crash']);
    expect(reader.restarts()).toBe(2);
  });

  it('is no reason to refuse after a close: that is a typed error', async () => {
    const reader = ownReader({ signers: root });
    await reader.close();
    await expect(reader.read(signed)).rejects.toMatchObject({ code: 'shutting-down' });
  });

  it('over a file that nobody waits for any more makes way for the next one', async () => {
    const path = join(folder, 'hanging.jpg');
    writeFileSync(path, signed);
    const channel = new BroadcastChannel(HANGS);
    onTestFinished(() => channel.close());
    const hangs = new Promise((resolve) => {
      channel.onmessage = resolve;
    });
    const script = new URL('./fixtures/hanging-once-worker.ts', import.meta.url);
    const reader = ownReader({ signers: root }, { script });
    const [first, second] = [new AbortController(), new AbortController()];
    const underWay = reader.read(path, first.signal);
    const waiting = reader.read(signed, second.signal);
    const next = reader.read(signed);
    await hangs;
    second.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    first.abort();
    await expect(underWay).rejects.toMatchObject({ code: 'cancelled' });
    expect(await next).toBeUndefined();
    expect(reader.restarts()).toBe(0);
  });

  it('is not started for a cancelled file', async () => {
    const reader = ownReader({ signers: root });
    await expect(reader.read(signed, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('memory of the module', () => {
  it('has a ceiling that the engine accepts', async () => {
    const path = fileURLToPath(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
    const module = await WebAssembly.compile(capModuleMemory(await readFile(path), MODULE_MEMORY_BYTES));
    const exported = WebAssembly.Module.exports(module).find(({ name }) => name === 'memory');
    expect(exported?.kind).toBe('memory');
  });

  it('cannot grow beyond', async () => {
    // (module (memory (export "memory") 1))
    const small = Uint8Array.from(Buffer.from('0061736d010000000503010001070a01066d656d6f72790200', 'hex'));
    const { instance } = await WebAssembly.instantiate(capModuleMemory(small, 3 * 65_536 + 5));
    const memory = instance.exports.memory as WebAssembly.Memory;
    memory.grow(2);
    expect(memory.buffer.byteLength).toBe(3 * 65_536);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });

  it('refuses a module that is made in another way', () => {
    expect(() => capModuleMemory(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), 65_536)).toThrow('no memory');
    const capped = Uint8Array.from(Buffer.from('0061736d01000000050401010103', 'hex'));
    expect(() => capModuleMemory(capped, 65_536)).toThrow('not as expected');
  });
});

describe('files', () => {
  it('are read by their path, piece by piece', async () => {
    const path = join(folder, 'picture.jpg');
    writeFileSync(path, signed);
    const found = await ownReader({ signers: root }).read(path);
    expect(found?.provenance).toMatchObject({ state: 'trusted', origin: 'camera' });
  });

  it('that are larger than the module can address are not read', async () => {
    const path = join(folder, 'long.mp4');
    const uuid = `0000002875756964d8fec3d61b0e483c92975828877ec481${'00'.repeat(16)}`;
    writeFileSync(path, Buffer.from(`000000106674797069736f6d00000000${uuid}`, 'hex'));
    truncateSync(path, 3 * 1024 ** 3);
    const found = await ownReader({ signers: root }).read(path);
    expect(found).toMatchObject({ provenance: { state: 'unreadable', failures: ['reader.tooLarge'] }, evidence: [] });
  });

  it('that cannot be opened are a typed error', async () => {
    await expect(ownReader({}).read(join(folder, 'nothing.mp4'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
