import { api } from '@touchstone/shared/api';
import { beforeEach, describe, expect, it } from 'vitest';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';

describe('records that are named', () => {
  let test: TestCompanion;
  /** In the order in which they were checked. */
  let ids: string[];
  beforeEach(async () => {
    test = await startTestCompanion();
    ids = [];
    for (const name of ['one', 'two', 'three']) {
      const answer = await test.control(`/api/check?fileName=${name}.jpg`, { method: 'POST', body: name });
      ids.push((answer.json() as { id: string }).id);
    }
  });

  const exported = async (body: object) => {
    const answer = await test.control(api.history.export.path, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, type: answer.headers['content-type'], text: answer.text };
  };

  it('are exported, newest first and each once, without those that are not there', async () => {
    const wanted = [ids[0], ids[2], 'nothing', ids[0]];
    const lines = await exported({ format: 'jsonl', ids: wanted });
    expect(lines.type).toContain('application/x-ndjson');
    const read = lines.text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(read).toEqual([ids[2], ids[0]]);
    expect((JSON.parse((await exported({ format: 'json', ids: wanted })).text) as unknown[]).length).toBe(2);
    const csv = await exported({ format: 'csv', ids: wanted });
    expect(csv.text.trim().split('\n')).toHaveLength(3);
    expect(csv.text).not.toContain(ids[1]);
  });

  it('are exported whole where none is named, and not at all where the list is empty', async () => {
    expect((await exported({ format: 'jsonl' })).text.trim().split('\n')).toHaveLength(3);
    expect((await exported({ format: 'jsonl', ids: [] })).status).toBe(400);
  });

  const checkAgain = async (recheckOf: string, body: string) => {
    const address = `/api/check?fileName=given.jpg&pack=other&recheckOf=${recheckOf}`;
    return test.control(address, { method: 'POST', body });
  };

  it('are checked again with their file, which keeps where they come from', async () => {
    const again = await checkAgain(ids[0] ?? '', 'one');
    expect(again.json()).toMatchObject({ recheckOf: ids[0], source: { fileName: 'one.jpg' } });
    expect(test.pipeline.requests.at(-1)).toMatchObject({ recheckOf: ids[0], fresh: true, pack: 'other' });
  });

  it('are not what another file is checked as', async () => {
    const other = await checkAgain(ids[0] ?? '', 'another file');
    expect(other.json()).toMatchObject({ source: { fileName: 'given.jpg' } });
    expect(other.json()).not.toHaveProperty('recheckOf');
    expect((await checkAgain('nothing', 'one')).status).toBe(404);
  });
});
