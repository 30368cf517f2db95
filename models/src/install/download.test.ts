import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from './download.ts';

const body = randomBytes(300_000);
const sha256 = createHash('sha256').update(body).digest('hex');

let folder: string;
let server: Server;
let url: string;
/** Bytes after which the server drops the connection once. */
let dropAfter: number | undefined;
let ranges: (string | undefined)[];

/** Some of what was sent lies in the unfinished file. */
const someKept = () =>
  expect
    .poll(
      () =>
        stat(join(folder, 'model.onnx.part')).then(
          ({ size }) => size,
          () => 0,
        ),
      { interval: 5 },
    )
    .toBeGreaterThan(0);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-download-'));
  dropAfter = undefined;
  ranges = [];
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= body.length) {
      response.writeHead(416).end();
      return;
    }
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': body.length - from });
    if (dropAfter === undefined) {
      response.end(body.subarray(from));
      return;
    }
    response.write(body.subarray(from, dropAfter), () => someKept().finally(() => response.destroy()));
    dropAfter = undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.onnx`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('download', () => {
  it('writes the file and reports progress up to its size', async () => {
    const target = join(folder, 'model.onnx');
    const seen: [number, number | undefined][] = [];
    expect(await download({ url, target, sha256, onProgress: (done, total) => seen.push([done, total]) })).toBe(sha256);
    expect(await readFile(target)).toEqual(body);
    expect(seen.at(-1)).toEqual([body.length, body.length]);
  });

  it('continues where a broken connection left off', async () => {
    const target = join(folder, 'model.onnx');
    dropAfter = 100_000;
    await expect(download({ url, target, sha256 })).rejects.toMatchObject({ code: 'download-failed', retryable: true });
    const kept = (await stat(`${target}.part`)).size;
    expect(kept).toBeGreaterThan(0);
    await download({ url, target, sha256 });
    expect(ranges).toEqual([undefined, `bytes=${kept}-`]);
    expect(await readFile(target)).toEqual(body);
  });

  it('refuses other bytes, deletes them and leaves no file under the name', async () => {
    const target = join(folder, 'model.onnx');
    await expect(download({ url, target, sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'hash-mismatch' });
    await expect(stat(target)).rejects.toThrow();
    await expect(stat(`${target}.part`)).rejects.toThrow();
  });

  it('starts anew when the unfinished file belongs to something else', async () => {
    const target = join(folder, 'model.onnx');
    await writeFile(`${target}.part`, randomBytes(body.length + 5));
    expect(await download({ url, target, sha256 })).toBe(sha256);
  });

  it('says what failed where nobody answers', async () => {
    await new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
    await expect(download({ url, target: join(folder, 'x'), sha256 })).rejects.toMatchObject({
      code: 'download-failed',
    });
  });

  it('stops on request', async () => {
    await expect(
      download({ url, target: join(folder, 'x'), sha256, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
