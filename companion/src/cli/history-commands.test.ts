import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCompanion } from '../daemon/start-companion.ts';
import type { StartResult } from '../daemon/start-contract.ts';
import { createTestPipeline } from '../gateway/fixtures/test-pipeline.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { testPicture } from '../pipeline/fixtures/test-pictures.ts';
import { jsonLines, runTouchstone, temporaryHome } from './fixtures/run-touchstone.ts';

let home = '';
let dispose: () => Promise<void>;
const ids: string[] = [];

beforeAll(async () => {
  ({ home, dispose } = await temporaryHome());
  const log = createResultLog(join(home, 'history.sqlite'));
  const original = await testPicture(200, 100).jpeg().toBuffer();
  for (let index = 0; index < 4; index += 1) {
    const facts = [
      { group: 'camera', name: 'Camera model', value: 'Pentax K10D', private: false },
      { group: 'place', name: 'Latitude', value: '52.5163 N', private: true },
    ] as const;
    const record = generatedRecord(index, { hasOriginal: index < 3, facts: [...facts] });
    ids.push(record.id);
    log.append(record, index < 3 ? { original } : {});
  }
  log.close();
});
afterAll(() => dispose());

const history = (...args: string[]) => runTouchstone(['history', ...args], { home });

describe('history verify, without a companion', () => {
  it('says that the log is intact and prints its head, which it then finds again', async () => {
    const { code, stdout } = await history('verify');
    expect([code, stdout]).toEqual([0, expect.stringContaining('The log is intact: 4 records, 0 deleted')]);
    const [, head = ''] = /Head: ([0-9a-f]{64})/.exec(stdout) ?? [];
    const again = await history('verify', '--head', head.toUpperCase(), '--json');
    expect([again.code, jsonLines(again.stdout)[0]]).toEqual([
      0,
      expect.objectContaining({ intact: true, head, notedHeadFound: true }),
    ]);
  });

  it('fails for a head that is not in the log, and for one that is none', async () => {
    const foreign = await history('verify', '--head', 'a'.repeat(64));
    expect([foreign.code, foreign.stdout]).toEqual([1, expect.stringContaining('not in the log')]);
    expect((await history('verify', '--head', 'abc')).code).toBe(2);
  });

  it('does not begin a history where there is none', async () => {
    const empty = await temporaryHome();
    const { code, stderr } = await runTouchstone(['history', 'verify'], { home: empty.home });
    expect([code, stderr]).toEqual([2, expect.stringContaining('no history')]);
    await expect(stat(join(empty.home, 'history.sqlite'))).rejects.toThrow();
    await empty.dispose();
  });
});

describe('with a companion', () => {
  let running: Extract<StartResult, { outcome: 'started' }>['companion'];

  beforeAll(async () => {
    const signal = new AbortController().signal;
    const started = await startCompanion({
      home,
      port: 0,
      signal,
      packFolders: [],
      createPipeline: async (options) => createTestPipeline(options),
    });
    if (started.outcome !== 'started') throw new Error(started.outcome);
    running = started.companion;
  });
  afterAll(() => running.stop());

  it('history report writes one file for its owner alone', async () => {
    const out = join(home, 'report.html');
    const { code, stderr } = await history('report', ids[0] ?? '', '--out', out, '--language', 'de');
    expect([code, stderr]).toEqual([0, expect.stringContaining('printing it gives a PDF')]);
    expect(await readFile(out, 'utf8')).toContain('<html lang="de"');
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const json = await history('report', ids[0] ?? '', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ format: 'touchstone-evidence-report', record: { id: ids[0] } });
    const none = await history('report', '../../settings');
    expect([none.code, none.stdout]).toEqual([2, '']);
  });

  it('history export holds no place unless somebody asks for one in a report', async () => {
    const { stdout } = await history('export', '--format', 'json');
    expect(stdout).toContain('Pentax K10D');
    expect(stdout).not.toContain('52.5163 N');
    const report = await history('report', ids[0] ?? '', '--format', 'json', '--private');
    expect(report.stdout).toContain('52.5163 N');
  });

  it('history recheck checks what was kept, and shows what changed side by side', async () => {
    const first = await history('recheck', '--json');
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('1 without a kept original')]);
    const lines = jsonLines(first.stdout);
    expect(lines.map(({ before }) => (before as { id: string }).id).sort()).toEqual(ids.slice(0, 3).sort());
    expect(lines[0]).toMatchObject({ after: { verdict: expect.any(String) }, changed: expect.any(Boolean) });
    const table = await history('recheck', '--verdict', 'real');
    expect(table.stdout).toContain('3 checked again, ');
    expect((await history('recheck', '--pack', 'nobody')).code).toBe(2);
  });

  it('history verify asks it, and names a record that was edited behind its back', async () => {
    const database = new DatabaseSync(join(home, 'history.sqlite'));
    database.exec(`UPDATE bodies SET body = replace(body, '"real"', '"fake"')
      WHERE number = (SELECT number FROM records WHERE id = '${ids[1]}')`);
    database.close();
    const { code, stdout } = await history('verify');
    expect(code).toBe(1);
    expect(stdout).toContain('NOT intact');
    expect(stdout).toContain(`${ids[1]}: changed`);
  });
});
