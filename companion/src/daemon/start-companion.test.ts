import { readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { send, startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createTestPipeline } from '../gateway/fixtures/test-pipeline.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { startCompanion } from './start-companion.ts';
import type { StartResult } from './start-contract.ts';

function start(home: string, port = 0): Promise<StartResult> {
  return startCompanion({
    home,
    port,
    signal: new AbortController().signal,
    packFolders: [],
    createPipeline: async (options) => createTestPipeline(options),
  });
}

describe('startCompanion', () => {
  it('says that a companion with this folder runs already, whatever the port', async () => {
    const { home, companion } = await startTestCompanion();
    expect(await start(home, companion.port)).toMatchObject({ outcome: 'already-running', port: companion.port });
    expect(await start(home)).toMatchObject({ outcome: 'already-running', status: { pid: process.pid } });
  });

  it('names the port that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const home = await temporaryFolder();
    expect(await start(home, port)).toEqual({
      outcome: 'port-taken',
      port,
      message: expect.stringContaining(`Port ${port}`),
    });
    expect(await readdir(home)).not.toContain('control.json');
  });

  it('is not fooled by the control file of a companion that was killed', async () => {
    const home = await temporaryFolder();
    const stale = { port: 9, token: 'x'.repeat(43), pid: 2 ** 30 };
    await writeFile(join(home, 'control.json'), JSON.stringify(stale));
    const result = await start(home);
    if (result.outcome !== 'started') throw new Error(result.outcome);
    await result.companion.stop();
    expect(await readdir(home)).not.toContain('control.json');
  });

  it('listens on loopback only', async () => {
    const { companion } = await startTestCompanion();
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry && !entry.internal && entry.family === 'IPv4');
    if (outside) {
      await expect(fetch(`http://${outside.address}:${companion.port}/pair`)).rejects.toThrow('fetch failed');
    }
    expect((await send(companion.port, '/pair', { headers: { host: `localhost:${companion.port}` } })).status).toBe(
      200,
    );
  });

  it('keeps its files from other users', async () => {
    const { home, companion } = await startTestCompanion();
    for (const name of await readdir(home, { recursive: true })) {
      const { mode } = await stat(join(home, name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
    }
    expect(companion.logFolder).toBe(join(home, 'logs'));
  });

  it('stops when asked by its signal, more than once, and the folder can be used again', async () => {
    const home = await temporaryFolder();
    const end = new AbortController();
    const createPipeline = async (options: Parameters<typeof createTestPipeline>[0]) => createTestPipeline(options);
    const result = await startCompanion({ home, port: 0, signal: end.signal, packFolders: [], createPipeline });
    if (result.outcome !== 'started') throw new Error(result.outcome);
    end.abort();
    await Promise.all([result.companion.stopped, result.companion.stop()]);
    const again = await start(home);
    expect(again.outcome).toBe('started');
    if (again.outcome === 'started') await again.companion.stop();
  });

  it('deletes what is older than the person wants to keep, as soon as they say so', async () => {
    const { control, pipeline, home } = await startTestCompanion();
    await control('/api/check', { method: 'POST', body: 'new' });
    const log = createResultLog(join(home, 'history.sqlite'));
    log.append(generatedRecord(1), {});
    log.close();
    const count = async () =>
      ((await control('/api/history/query', { method: 'POST', body: '{}' })).json() as { total: number }).total;
    expect(await count()).toBe(2);
    await control('/api/settings', { method: 'PATCH', body: '{"retentionDays":30}' });
    expect(await count()).toBe(1);
    expect(pipeline.requests).toHaveLength(1);
  });
});
