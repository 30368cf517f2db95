import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCompanion } from '../daemon/start-companion.ts';
import type { StartResult } from '../daemon/start-contract.ts';
import { createTestPipeline } from '../gateway/fixtures/test-pipeline.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { jsonLines, runTouchstone, temporaryHome } from './fixtures/run-touchstone.ts';

let home = '';
let dispose: () => Promise<void>;
let running: Extract<StartResult, { outcome: 'started' }>['companion'];
const ids: string[] = [];

beforeAll(async () => {
  ({ home, dispose } = await temporaryHome());
  const log = createResultLog(join(home, 'history.sqlite'));
  for (let index = 0; index < 3; index += 1) {
    const record = generatedRecord(index);
    ids.push(record.id);
    log.append(record, {});
  }
  log.close();
  const started = await startCompanion({
    home,
    port: 0,
    signal: new AbortController().signal,
    packFolders: [],
    createPipeline: async (options) => createTestPipeline(options),
  });
  if (started.outcome !== 'started') throw new Error(started.outcome);
  running = started.companion;
});
afterAll(async () => {
  await running?.stop();
  await dispose();
});

const cases = (...args: string[]) => runTouchstone(['cases', ...args], { home });

// In this order: each goes on with what the one before made.
describe('touchstone cases', () => {
  it('says how to make the first one', async () => {
    const { code, stdout } = await cases('list');
    expect([code, stdout]).toEqual([0, expect.stringContaining('cases create')]);
  });

  it('makes a case and prints its id alone, takes results in, and lists it', async () => {
    const made = await cases(
      'create',
      'Fire in the harbour',
      '--note',
      'one night',
      '--tag',
      'harbour',
      '--tag',
      'fire',
    );
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^[0-9a-f]{20}\n$/)]);
    const id = made.stdout.trim();
    const added = await cases('add', 'Fire in the harbour', ids[0] ?? '', ids[1] ?? '');
    expect([added.code, added.stdout]).toEqual([0, '2 added to Fire in the harbour.\n']);
    const again = await cases('add', id.slice(0, 8), ids[1] ?? '', ids[2] ?? '', 'nothing');
    expect(again.stdout).toBe('1 added to Fire in the harbour; 2 were in it already, or are not in the history.\n');
    const table = await cases('list');
    expect(table.stdout).toMatch(new RegExp(`${id}.*Fire in the harbour.*3.*fire, harbour`));
    const [line] = jsonLines((await cases('list', '--json')).stdout);
    expect(line).toMatchObject({ id, note: 'one night', records: 3 });
  });

  it('writes one report for its owner alone', async () => {
    const out = join(home, 'case.html');
    const { code, stderr } = await cases('report', 'Fire in the harbour', '--out', out, '--language', 'de');
    expect([code, stderr]).toEqual([0, expect.stringContaining('printing it gives a PDF')]);
    const html = await readFile(out, 'utf8');
    expect(html).toContain('<html lang="de"');
    for (const id of ids) expect(html).toContain(id);
    expect(html.trimEnd().endsWith('</html>')).toBe(true);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect((await cases('report', 'Fire in the harbour')).stdout).toContain('one night');
  });

  it('says what is wrong with a name that names no case, or several', async () => {
    const none = await cases('report', 'Flood');
    expect([none.code, none.stdout, none.stderr]).toEqual([2, '', expect.stringContaining('no case Flood')]);
    await cases('create', 'Storm');
    await cases('create', 'Storm');
    const both = await cases('add', 'Storm', ids[0] ?? '');
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('give the id')]);
    expect((await cases('create', '  ')).code).toBe(2);
  });
});
