import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Case, MAX_CASE_RECORDS, MAX_CASES } from '@touchstone/shared';
import { CaseList, CaseRecordsAnswer, RecordAnswer, RecordPage } from '@touchstone/shared/api';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSession } from '../fixtures/open-session.ts';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { type Program, programOf } from '../fixtures/token-of.ts';

const NAME = 'Zyxwolframite <b>harbour</b>';

describe('/v1/cases', () => {
  let test: TestCompanion;
  let program: Program;
  /** Newest first. */
  let ids: string[];
  beforeEach(async () => {
    test = await startTestCompanion({ logLevel: 'debug' });
    program = await programOf(test, 'read', 'train', 'admin');
    ids = [];
    for (const body of ['one', 'two', 'three', 'four', 'five']) {
      const answer = await test.control(`/api/check?fileName=${body}.jpg`, { method: 'POST', body });
      ids.unshift((answer.json() as { id: string }).id);
    }
  });

  const send = (method: string, path: string, body?: object) =>
    program.ask(path, { method, ...(body && { body: JSON.stringify(body) }) });

  const made = async (body: object = { name: NAME }): Promise<Case> => {
    const answer = await send('POST', '/v1/cases', body);
    expect(answer.status, answer.text).toBe(200);
    return v.parse(Case, answer.json());
  };

  const page = async (query: string) => {
    const answer = await program.ask(`/v1/records?${query}`);
    expect(answer.status, answer.text).toBe(200);
    return v.parse(RecordPage, answer.json());
  };

  it('are made, listed, read, changed and deleted; their records stay', async () => {
    const { id } = await made({ name: NAME, note: 'a note', tags: ['b', 'a', 'b'] });
    expect((await program.ask(`/v1/cases/${id}`)).json()).toMatchObject({
      name: NAME,
      note: 'a note',
      tags: ['a', 'b'],
    });
    const changed = await send('PATCH', `/v1/cases/${id}`, { note: '' });
    expect(changed.json()).toMatchObject({ name: NAME, note: '', tags: ['a', 'b'] });
    expect(v.parse(CaseList, (await program.ask('/v1/cases')).json()).cases).toEqual([changed.json()]);
    await send('POST', `/v1/cases/${id}/records`, { ids });
    expect((await send('DELETE', `/v1/cases/${id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      expect((await send(method, `/v1/cases/${id}`)).json()).toMatchObject({ status: 404, code: 'not-found' });
    }
    expect((await page('')).total).toBe(5);
  });

  it('take records in and let them go, by their ids or by a filter', async () => {
    const { id } = await made();
    const put = await send('POST', `/v1/cases/${id}/records`, { ids: [ids[0], ids[1], '0'.repeat(26)] });
    expect(v.parse(CaseRecordsAnswer, put.json())).toMatchObject({ added: 2, case: { records: 2 } });
    const more = await send('POST', `/v1/cases/${id}/records`, { filter: { search: 'three.jpg' } });
    expect(more.json()).toMatchObject({ added: 1, case: { records: 3 } });
    expect((await page(`case=${id}`)).records.map((record) => record.id)).toEqual(ids.slice(0, 3));
    expect((await send('DELETE', `/v1/cases/${id}/records/${ids[1]}`)).status).toBe(204);
    expect((await send('DELETE', `/v1/cases/${id}/records/${ids[1]}`)).json()).toMatchObject({ code: 'not-found' });
    expect((await page(`case=${id}`)).total).toBe(2);
    const rest = await send('POST', `/v1/cases/${id}/take`, { filter: { search: 'jpg' }, sameAs: [ids[0]] });
    expect(rest.json()).toMatchObject({ taken: 1, case: { id, records: 1 } });
    expect((await send('POST', `/v1/cases/${id}/take`, { ids })).json()).toMatchObject({ taken: 1 });
    expect((await send('POST', `/v1/cases/none/take`, { ids })).json()).toMatchObject({ code: 'not-found' });
    expect((await send('POST', `/v1/cases/none/records`, { ids })).json()).toMatchObject({ code: 'not-found' });
  });

  it('stand in each record, with its step, tags and note, and choose what is listed and exported', async () => {
    const { id } = await made();
    await send('POST', `/v1/cases/${id}/records`, { ids: ids.slice(0, 2) });
    const noted = await send('PATCH', `/v1/records/${ids[0]}`, { note: '=SUM(A1)', tags: ['mail', 'first'] });
    expect(noted.json()).toEqual({ id: ids[0], label: null, note: '=SUM(A1)', tags: ['first', 'mail'] });
    const record = v.parse(RecordAnswer, (await program.ask(`/v1/records/${ids[0]}`)).json());
    expect(record).toMatchObject({ cases: [{ id, name: NAME }], tags: ['first', 'mail'], note: '=SUM(A1)' });
    const { records } = await page(`case=${id}&fields=step,cases,tags`);
    expect(records[0]).toEqual({ id: ids[0], step: record.step, cases: [{ id, name: NAME }], tags: ['first', 'mail'] });
    expect(records[1]).not.toHaveProperty('tags');
    expect((await page('tag=mail,none')).records.map((one) => one.id)).toEqual([ids[0]]);
    const steps = new Map<string, number>();
    for (const { step = '' } of (await page('fields=step')).records) steps.set(step, (steps.get(step) ?? 0) + 1);
    for (const [step, count] of steps) expect((await page(`step=${step}`)).total).toBe(count);
    expect((await page(`step=${[...steps.keys()].join(',')}`)).total).toBe(5);

    const lines = (await program.ask(`/v1/records/export?format=jsonl&case=${id}`)).text.trimEnd().split('\n');
    expect(lines.map((line) => v.parse(RecordAnswer, JSON.parse(line)).id)).toEqual(ids.slice(0, 2));
    const csv = (await program.ask('/v1/records/export?format=csv&tag=first')).text.trimEnd().split('\r\n');
    expect(csv).toHaveLength(2);
    expect(csv[0]).toMatch(/,step,cases,tags,note$/);
    expect(csv[1]).toMatch(/,Zyxwolframite <b>harbour<\/b>,"first; mail",'=SUM\(A1\)$/);
  });

  it('are changed by whoever may say what a picture is, and deleted by whoever may delete records', async () => {
    const { id } = await made();
    const [reader, trainer, checker] = [
      await programOf(test, 'read'),
      await programOf(test, 'train'),
      await programOf(test, 'check'),
    ];
    const body = JSON.stringify({ name: 'x' });
    const refused = async (who: Program, method: string, path: string) =>
      (await who.ask(path, { method, ...(method === 'GET' || method === 'DELETE' ? {} : { body }) })).json();
    for (const [who, method, path] of [
      [reader, 'POST', '/v1/cases'],
      [reader, 'PATCH', `/v1/cases/${id}`],
      [reader, 'DELETE', `/v1/cases/${id}`],
      [reader, 'POST', `/v1/cases/${id}/records`],
      [reader, 'POST', `/v1/cases/${id}/take`],
      [trainer, 'GET', '/v1/cases'],
      [trainer, 'GET', `/v1/cases/${id}/report`],
      [trainer, 'DELETE', `/v1/cases/${id}`],
      [checker, 'GET', '/v1/cases'],
      [checker, 'PATCH', `/v1/cases/${id}`],
    ] as const) {
      expect(await refused(who, method, path), `${method} ${path}`).toMatchObject({
        status: 403,
        code: 'scope-missing',
      });
    }
    expect((await trainer.ask(`/v1/cases/${id}`, { method: 'PATCH', body })).status).toBe(200);
  });

  it('are told to no program that may only check', async () => {
    const checker = await programOf(test, 'check');
    const sent = await checker.ask('/v1/checks?fileName=mine.png&wait=60', {
      method: 'POST',
      body: 'mine',
      headers: { 'content-type': 'image/png' },
    });
    const [check] = (sent.json() as { checks: { id: string; record: { id: string } }[] }).checks;
    const { id } = await made();
    await send('POST', `/v1/cases/${id}/records`, { ids: [check?.record.id] });
    await send('PATCH', `/v1/records/${check?.record.id}`, { note: 'not for programs', tags: ['x'] });
    const asked = await checker.ask(`/v1/checks/${check?.id}`);
    expect(asked.json()).toMatchObject({ record: { id: check?.record.id } });
    expect(asked.text).not.toMatch(/Zyxwolframite|not for programs/);
  });

  it('refuse what they do not know, and say what it was', async () => {
    const { id } = await made();
    for (const [method, path, body, named] of [
      ['POST', '/v1/cases', {}, 'name'],
      ['POST', '/v1/cases', { name: '  ' }, 'name'],
      ['POST', '/v1/cases', { name: 'x'.repeat(101) }, 'name'],
      ['POST', '/v1/cases', { name: 'x', tags: ['a,b'] }, 'tags'],
      ['PATCH', `/v1/cases/${id}`, { nmae: 'x' }, 'nmae'],
      ['PATCH', `/v1/records/${ids[0]}`, {}, 'nothing to change'],
      ['PATCH', `/v1/records/${ids[0]}`, { note: 'x'.repeat(4001) }, 'note'],
    ] as const) {
      const answer = await send(method, path, body);
      expect(answer.json(), `${path} ${JSON.stringify(body)}`).toMatchObject({
        status: 400,
        code: 'bad-request',
        detail: expect.stringContaining(named),
      });
    }
    for (const body of [{ ids: [] }, { filter: { verdcit: ['fake'] } }, {}]) {
      expect((await send('POST', `/v1/cases/${id}/records`, body)).status, JSON.stringify(body)).toBe(400);
    }
    for (const query of ['step=perhaps', 'tag=', `case=${'x'.repeat(65)}`]) {
      expect((await program.ask(`/v1/records?${query}`)).status, query).toBe(400);
    }
  });

  it('say that they are full, and what to do then', async () => {
    const body = JSON.stringify({ name: 'one of many' });
    for (let count = 0; count < MAX_CASES; count += 1) await test.control('/api/cases', { method: 'POST', body });
    const answer = await send('POST', '/v1/cases', { name: 'one too many' });
    expect(answer.json()).toMatchObject({
      status: 409,
      code: 'case-full',
      nextStep: expect.stringContaining('Delete'),
    });
    const over = Array.from({ length: MAX_CASE_RECORDS + 1 }, () => ids[0]);
    const { cases } = v.parse(CaseList, (await test.control('/api/cases')).json());
    expect((await send('POST', `/v1/cases/${cases[0]?.id}/records`, { ids: over })).status).toBe(400);
  });

  it('tell a page that follows the history of each change', async () => {
    const { page: ask } = await openSession(test);
    const events = new AbortController();
    const stream = await fetch(`http://127.0.0.1:${test.companion.port}/api/history/events`, {
      headers: { authorization: `Bearer ${test.token}` },
      signal: events.signal,
    });
    const { id } = await made();
    let text = '';
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('event: cases\ndata: {}\n\n')) break;
    }
    expect(text).not.toContain('Zyxwolframite');
    expect((await ask(`/api/cases/${id}`)).json()).toMatchObject({ name: NAME });
    events.abort();
  });

  it('leave as one report that names each result, and never say their names to a log', async () => {
    const { id } = await made({ name: NAME, note: 'Zyxwolframite note', tags: ['Zyxwolframite tag'] });
    await send('POST', `/v1/cases/${id}/records`, { ids: ids.slice(0, 2) });
    await send('PATCH', `/v1/records/${ids[0]}`, { note: 'Zyxwolframite record', tags: ['Zyxwolframite'] });
    const report = await program.ask(`/v1/cases/${id}/report?language=de&download=1`);
    expect([report.status, report.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(report.headers['content-disposition']).toMatch(
      /^attachment; filename="touchstone-case-[\d-]+-[0-9a-f]{6}\.html"$/,
    );
    expect(report.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-.*sandbox/);
    expect(report.text).toContain('<html lang="de"');
    expect(report.text).toContain('Zyxwolframite &lt;b&gt;harbour&lt;/b&gt;');
    for (const name of ['five.jpg', 'four.jpg']) expect(report.text).toContain(name);
    expect(report.text).not.toContain('three.jpg');
    expect((await program.ask('/v1/cases/none/report')).json()).toMatchObject({ code: 'not-found' });
    await program.ask(`/v1/records?case=${id}&tag=Zyxwolframite`);
    await send('PATCH', `/v1/cases/${id}`, { name: 'Zyxwolframite', note: 7 });
    await send('DELETE', `/v1/cases/${id}`);
    await test.companion.stop();
    const logs = join(test.home, 'logs');
    const written = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'));
    expect(written.length).toBeGreaterThan(0);
    const text = written.map((name) => readFileSync(join(logs, name), 'utf8')).join('\n');
    expect(text).toContain('/v1/cases/:id/report');
    expect(text).not.toContain('yxwolframite');
  });
});
