import { api, type Check, CheckList, CheckPage } from '@touchstone/shared/api';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSession, type PageSession } from './fixtures/open-session.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';
import { type Program, programOf } from './fixtures/token-of.ts';

describe('a deletion on the history page', () => {
  let test: TestCompanion;
  let session: PageSession;
  let program: Program;
  /** In the order in which they were checked. */
  let ids: string[];
  beforeEach(async () => {
    test = await startTestCompanion();
    session = await openSession(test);
    program = await programOf(test, 'read', 'train', 'admin', 'check');
    ids = [];
    for (const name of ['one', 'two', 'three']) {
      const answer = await test.control(`/api/check?fileName=${name}.jpg`, { method: 'POST', body: name });
      ids.push((answer.json() as { id: string }).id);
    }
  });

  const post = async (path: string, body: object) => {
    const answer = await session.page(path, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, body: answer.json() as Record<string, unknown> };
  };
  const remove = (body: object) => post(api.history.delete.path, body);
  const undo = (deletion: unknown) => post(api.history.undoDelete.path, { deletion });
  const deletionOf = ({ body }: Awaited<ReturnType<typeof remove>>) => (body.undo as { deletion: string }).deletion;

  /** Every answer about records that page, command line and programs can ask for. */
  async function answers(): Promise<string> {
    const asked = await Promise.all([
      session.page('/api/history/query', { method: 'POST', body: '{}' }),
      session.page('/api/history/query', { method: 'POST', body: '{"groups":true}' }),
      session.page('/api/history/query', { method: 'POST', body: '{"filter":{"search":"one"}}' }),
      session.page('/api/history/export', { method: 'POST', body: '{"format":"csv"}' }),
      session.page('/api/history/export', { method: 'POST', body: '{"format":"json"}' }),
      session.page(`/api/history/records/${ids[0]}`),
      session.page(`/api/history/records/${ids[0]}/thumbnail`),
      session.page(`/api/history/records/${ids[0]}/original`),
      session.page(`/api/history/records/${ids[0]}/report`),
      program.ask('/v1/records'),
      program.ask('/v1/records/export?format=jsonl'),
      program.ask(`/v1/records/${ids[0]}`),
      program.ask(`/v1/records/${ids[0]}/report`),
      program.ask('/v1/checks'),
      program.ask('/predictions'),
    ]);
    return asked.map(({ status, text }) => `${status} ${text}`).join('\n');
  }

  it('hides its records from every answer at once, and gives them back', async () => {
    expect(await answers()).toContain('one.jpg');
    const deleted = await remove({ ids: [ids[0]], undoable: true });
    expect(deleted).toMatchObject({ status: 200, body: { deleted: 1 } });
    const hidden = await answers();
    expect(hidden).not.toContain('one.jpg');
    expect(hidden).toContain('two.jpg');
    expect(test.companion.status().records).toBe(2);
    expect(await undo(deletionOf(deleted))).toEqual({ status: 200, body: { restored: 1 } });
    expect(await answers()).toContain('one.jpg');
  });

  it('answers a second check of the same picture as if the first had never been', async () => {
    await remove({ ids: [ids[0]], undoable: true });
    const again = await test.control('/api/check?fileName=again.jpg', { method: 'POST', body: 'one' });
    expect(again.text).not.toContain(ids[0]);
  });

  it('takes the check along that a program asked for, and brings it back; its key is free meanwhile', async () => {
    const ask = async (): Promise<Check> => {
      const headers = { 'content-type': 'image/jpeg', 'idempotency-key': '"k"' };
      const answer = await program.ask('/v1/checks?wait=60', { method: 'POST', body: Buffer.from('four'), headers });
      const [only] = v.parse(CheckList, answer.json()).checks;
      return only as Check;
    };
    const listed = async () => v.parse(CheckPage, (await program.ask('/v1/checks')).json()).checks.map(({ id }) => id);
    const check = await ask();
    const record = check.record?.id;
    const deletion = deletionOf(await remove({ ids: [record], undoable: true }));
    expect((await program.ask(`/v1/checks/${check.id}`)).status).toBe(404);
    expect(await listed()).not.toContain(check.id);
    const again = await ask();
    expect(again.id).not.toBe(check.id);
    expect((await undo(deletion)).status).toBe(200);
    expect((await program.ask(`/v1/checks/${check.id}`)).json()).toMatchObject({ record: { id: record } });
    expect(await listed()).toEqual(expect.arrayContaining([check.id, again.id]));
    // The key stays with what was asked by it last.
    expect((await ask()).id).toBe(again.id);
  });

  it('is told to a page that comes later, for as long as it waits', async () => {
    const waiting = async () => (await session.page(api.history.deletions.path)).json();
    const deleted = await remove({ ids: [ids[0], ids[1]], undoable: true });
    expect(await waiting()).toEqual({ deletions: [{ ...(deleted.body.undo as object), count: 2 }] });
    await undo(deletionOf(deleted));
    expect(await waiting()).toEqual({ deletions: [] });
  });

  it('says so when it is too late to take it back', async () => {
    const deletion = deletionOf(await remove({ ids: [ids[0]], undoable: true }));
    expect((await undo(deletion)).status).toBe(200);
    const late = await undo(deletion);
    expect(late.status).toBe(410);
    expect(late.body).toMatchObject({ code: 'undo-too-late', retryable: false });
  });

  it('of the whole history is carried out at once, with what was held back before', async () => {
    const deletion = deletionOf(await remove({ ids: [ids[0]], undoable: true }));
    expect(await remove({ filter: {}, undoable: true })).toEqual({ status: 200, body: { deleted: 2 } });
    expect((await undo(deletion)).body).toMatchObject({ code: 'undo-too-late' });
    const verified = await session.page('/api/history/verify', { method: 'POST', body: '{}' });
    expect(verified.json()).toMatchObject({ records: 0, tombstones: 3 });
  });

  it('by the command line and by programs cannot be taken back: it is carried out before the answer', async () => {
    const cli = await test.control(api.history.delete.path, {
      method: 'POST',
      body: JSON.stringify({ ids: [ids[0]] }),
    });
    expect(cli.json()).toEqual({ deleted: 1 });
    expect((await program.ask(`/v1/records/${ids[1]}`, { method: 'DELETE' })).status).toBe(204);
    const verified = await session.page('/api/history/verify', { method: 'POST', body: '{}' });
    expect(verified.json()).toMatchObject({ records: 1, tombstones: 2 });
  });

  it('is asked for by nobody else', async () => {
    const deletion = deletionOf(await remove({ ids: [ids[0]], undoable: true }));
    const body = JSON.stringify({ deletion });
    const headers = { 'content-type': 'application/json' };
    expect((await test.request(api.history.deletions.path)).status).toBe(401);
    expect((await test.request(api.history.undoDelete.path, { method: 'POST', body, headers })).status).toBe(401);
    expect((await program.ask(api.history.undoDelete.path, { method: 'POST', body })).status).toBe(401);
  });
});
