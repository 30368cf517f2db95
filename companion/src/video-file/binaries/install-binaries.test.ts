import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { decodeVideo } from '../decode-video.ts';
import { type LocalRegistry, packFiles, serveRegistry } from '../fixtures/local-registry.ts';
import { binariesFolder } from './binaries-folder.ts';
import type { BinaryPackage } from './binary-packages.ts';
import { installBinaries } from './install-binaries.ts';

const NAME = '@seydx/node-av-test';
const FILES = {
  'package.json': JSON.stringify({ name: NAME, version: '1.0.0', main: 'node-av.node.js' }),
  'node-av.node': 'x'.repeat(20_000),
  'surprise.js': 'throw new Error("must not be here")',
};

let home: string;
let into: string;
let registry: LocalRegistry | undefined;
const tryOut = vi.fn(async (_: string) => {});

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'touchstone-binaries-'));
  into = binariesFolder(home);
  tryOut.mockReset();
});

afterEach(async () => {
  registry?.close();
  await rm(home, { recursive: true, force: true });
});

async function served(breaksAt?: number): Promise<BinaryPackage> {
  const { bytes, integrity } = await packFiles(join(home, 'source'), FILES);
  registry = await serveRegistry(bytes, breaksAt);
  return { name: NAME, version: '1.0.0', integrity, bytes: bytes.length };
}

const install = (binary: BinaryPackage, signal?: AbortSignal) =>
  installBinaries({ binary, registry: registry?.address ?? '', into, tryOut, ...(signal && { signal }) });

it('takes the binary and nothing unexpected out of the package, and tries it first', async () => {
  const binary = await served();
  tryOut.mockImplementation(async (modules) => {
    expect(existsSync(into)).toBe(false);
    expect(existsSync(join(modules, NAME, 'node-av.node'))).toBe(true);
  });
  await install(binary);
  expect(readdirSync(join(into, NAME)).toSorted()).toEqual(['node-av.node', 'package.json']);
  expect(readFileSync(join(into, NAME, 'node-av.node'), 'utf8')).toBe(FILES['node-av.node']);
  expect(registry?.asked.map(({ path }) => path)).toEqual([`/${NAME}/-/node-av-test-1.0.0.tgz`]);
  // Nothing but what was installed is left.
  expect(readdirSync(dirname(into))).toEqual(['node_modules']);
  expect(tryOut).toHaveBeenCalledOnce();
});

it('continues where a broken connection left off', async () => {
  const binary = await served(100);
  await expect(install(binary)).rejects.toMatchObject({ code: 'download-failed', retryable: true });
  expect(existsSync(into)).toBe(false);
  await install(binary);
  expect(registry?.asked.map(({ from }) => from)).toEqual([0, 100]);
  expect(existsSync(join(into, NAME, 'node-av.node'))).toBe(true);
});

it('leaves nothing of a package whose hash is another', async () => {
  const binary = await served();
  const other = { ...binary, integrity: `sha512-${'A'.repeat(86)}==` };
  await expect(install(other)).rejects.toMatchObject({ code: 'hash-mismatch' });
  expect(readdirSync(dirname(into))).toEqual([]);
  expect(tryOut).not.toHaveBeenCalled();
});

it('leaves nothing of a binary that does not load, and keeps the one before', async () => {
  const binary = await served();
  await install(binary);
  tryOut.mockRejectedValue(new Error('cannot be loaded'));
  await expect(install(binary)).rejects.toThrow('cannot be loaded');
  expect(existsSync(join(into, NAME, 'node-av.node'))).toBe(true);
  expect(readdirSync(dirname(into))).toEqual(['node_modules']);
});

it('stops a package that is longer than it says', async () => {
  const binary = await served();
  await expect(install({ ...binary, bytes: binary.bytes - 1 })).rejects.toMatchObject({ code: 'too-large' });
});

it('ends when it is cancelled', async () => {
  const binary = await served();
  await expect(install(binary, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});

it('a decoder finds what was installed', async () => {
  const binary = await served();
  await install(binary);
  await writeFile(join(into, NAME, 'node-av.node.js'), 'module.exports = "the fetched one";');
  const file = await open(join(home, 'source', 'packed.tgz'));
  const program = new URL('../fixtures/telling-binary.ts', import.meta.url);
  const decode = async (binaries?: string) => {
    for await (const _ of decodeVideo(file, { program, binaries })) return;
  };
  try {
    await expect(decode(into)).rejects.toMatchObject({ detail: 'the fetched one' });
    await expect(decode()).rejects.toMatchObject({ detail: 'the decoder ended without a frame' });
  } finally {
    await file.close();
  }
});
