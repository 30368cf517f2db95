import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EmbeddingKey, Embeddings } from '../store/embedding-store.ts';
import { openHistory, type ResultLogOptions } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { fromHalf, toHalf } from './half-floats.ts';

/** A number that no other part of the file spells: found in it, something of a deleted picture was left. */
const MARK = 0.333251953125;
const VECTORS = new Float32Array(64).fill(MARK);

const seen = (vectors = VECTORS): Embeddings => ({ views: 2, vectors, provider: 'cpu', companion: '0.1.0' });
const keyOf = (content: string, more: Partial<EmbeddingKey> = {}): EmbeddingKey => ({
  content,
  encoder: 'e'.repeat(64),
  preprocessing: 'p'.repeat(64),
  ...more,
});
const contentOf = (index: number): string => generatedRecord(index).picture.sha256;

async function temporaryHistory(options: ResultLogOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-embeddings-'));
  const path = join(folder, 'history.sqlite');
  const history = openHistory(path, options);
  onTestFinished(async () => {
    history.log.close();
    await rm(folder, { recursive: true, force: true });
  });
  const write = (...indices: readonly number[]): void => {
    for (const index of indices) history.log.append(generatedRecord(index), {});
  };
  return { ...history, path, write };
}

describe('half precision', () => {
  it('keeps a number to 1 part in 2,048', () => {
    const numbers = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i * 7.7) * 2 ** ((i % 20) - 8));
    const back = fromHalf(toHalf(numbers) ?? new Uint8Array());
    for (const [i, number] of numbers.entries()) {
      expect(Math.abs((back[i] ?? Number.NaN) - number)).toBeLessThanOrEqual(Math.abs(number) / 2048 + 1e-7);
    }
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 70_000])('does not hold %d', (number) => {
    expect(toHalf(Float32Array.of(1, number))).toBeUndefined();
  });
});

describe('what a pack saw', () => {
  it('is found again by content, encoder and preprocessing, and only by all three', async () => {
    const { embeddings, write } = await temporaryHistory();
    write(1);
    const key = keyOf(contentOf(1));
    embeddings.keep(key, seen());
    expect(await embeddings.find(key)).toEqual(seen());
    for (const other of [{ content: contentOf(2) }, { encoder: 'f'.repeat(64) }, { preprocessing: 'q'.repeat(64) }]) {
      expect(await embeddings.find({ ...key, ...other })).toBeUndefined();
    }
  });

  it('is replaced by what is seen later', async () => {
    const { embeddings, write } = await temporaryHistory();
    write(1);
    embeddings.keep(keyOf(contentOf(1)), seen());
    embeddings.keep(keyOf(contentOf(1)), { ...seen(), companion: '0.2.0' });
    expect(await embeddings.find(keyOf(contentOf(1)))).toMatchObject({ companion: '0.2.0' });
    expect(await embeddings.usage()).toMatchObject({ count: 1, bytes: 2 * VECTORS.length });
  });

  it('is still there after a restart, also what was kept a moment before', async () => {
    const { embeddings, log, write, path } = await temporaryHistory();
    write(1);
    embeddings.keep(keyOf(contentOf(1)), seen());
    log.close();
    const again = openHistory(path);
    onTestFinished(() => again.log.close());
    expect(await again.embeddings.find(keyOf(contentOf(1)))).toEqual(seen());
  });

  it('is not kept of a content that has no record, nor of one whose record is deleted before it is written', async () => {
    const { embeddings, log, write } = await temporaryHistory();
    embeddings.keep(keyOf(contentOf(7)), seen());
    write(1);
    embeddings.keep(keyOf(contentOf(1)), seen());
    await log.deleteIds([generatedRecord(1).id, log.idsOf(contentOf(1))[0] ?? '']);
    expect(await embeddings.usage()).toMatchObject({ count: 0, bytes: 0 });
  });

  it('is not written down before the caller has its answer', async () => {
    const { embeddings, log, write, store } = await temporaryHistory();
    write(1);
    embeddings.keep(keyOf(contentOf(1)), seen());
    const count = store.use(
      ({ database }) => database.prepare('SELECT count(*) AS total FROM embeddings').get()?.total,
    );
    expect(count).toBe(0);
    log.close();
    // Nor does a store that cannot be written any more disturb anybody.
    expect(() => embeddings.keep(keyOf(contentOf(1)), seen())).not.toThrow();
    await expect(embeddings.settled()).resolves.toBeUndefined();
  });
});

describe('a deletion takes along what was seen in the picture', () => {
  const twice = async () => {
    const history = await temporaryHistory();
    history.write(1, 2);
    const again = generatedRecord(3, { picture: generatedRecord(1).picture });
    history.log.append(again, {});
    for (const index of [1, 2]) history.embeddings.keep(keyOf(contentOf(index)), seen());
    await history.embeddings.settled();
    return { ...history, ids: history.log.idsOf(contentOf(1)) };
  };
  const traces = (path: string): number => {
    const file = Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)]);
    return file.indexOf(Buffer.from(toHalf(new Float32Array(16).fill(MARK)) ?? [])) === -1 ? 0 : 1;
  };

  it('with the last record of the content, not before', async () => {
    const { embeddings, log, ids } = await twice();
    await log.deleteIds(ids.slice(0, 1));
    expect(await embeddings.find(keyOf(contentOf(1)))).toBeDefined();
    await log.deleteIds(ids.slice(1));
    expect(await embeddings.find(keyOf(contentOf(1)))).toBeUndefined();
    expect(await embeddings.find(keyOf(contentOf(2)))).toBeDefined();
  });

  it.each([
    ['by filter', { to: Number.MAX_SAFE_INTEGER }],
    ['of everything', {}],
  ])('%s, and leaves nothing of it in the file', async (_, filter) => {
    const { embeddings, log, path } = await twice();
    expect(traces(path)).toBe(1);
    await log.deleteFilter(filter);
    expect(await embeddings.usage()).toMatchObject({ count: 0, bytes: 0 });
    expect(traces(path)).toBe(0);
  });

  it('by age, as the retention asks for', async () => {
    const { embeddings, log } = await twice();
    await log.prune(generatedRecord(3).at + 1);
    expect(await embeddings.usage()).toMatchObject({ count: 0 });
  });

  it('also after everything was deleted once', async () => {
    const { embeddings, log, write } = await twice();
    await log.deleteFilter({});
    write(5);
    embeddings.keep(keyOf(contentOf(5)), seen());
    await embeddings.settled();
    await log.deleteIds(log.idsOf(contentOf(5)));
    expect(await embeddings.usage()).toMatchObject({ count: 0 });
  });
});

it('keeps no more bytes than it may; the oldest go', async () => {
  const bytes = 2 * VECTORS.length;
  const { embeddings, write } = await temporaryHistory({ maxEmbeddingBytes: 100 * bytes });
  const indices = Array.from({ length: 250 }, (_, index) => index);
  write(...indices);
  for (const index of indices) {
    embeddings.keep(keyOf(contentOf(index)), seen());
    if (index % 10 === 0) await embeddings.settled();
  }
  const usage = await embeddings.usage();
  expect(usage.maxBytes).toBe(100 * bytes);
  expect(usage.bytes).toBeLessThanOrEqual(100 * bytes);
  expect(usage.count).toBeGreaterThan(80);
  expect(await embeddings.find(keyOf(contentOf(0)))).toBeUndefined();
  expect(await embeddings.find(keyOf(contentOf(249)))).toBeDefined();
});
