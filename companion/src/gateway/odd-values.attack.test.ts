import { beforeEach, describe, expect, it } from 'vitest';
import { acceptedLanguage } from '../report/report-language.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';

const ODD_IDS = [
  '0',
  'none',
  '%00',
  '%F0%9F%98%80',
  "'%20OR%201=1--",
  '__proto__',
  'constructor',
  '..%2f..',
  '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  'ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
  '%ED%A0%80',
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(5000),
];

describe('attack: odd values', () => {
  let test: TestCompanion;
  let id: string;
  beforeEach(async () => {
    test = await startTestCompanion();
    const checked = await test.control('/api/check', { method: 'POST', body: 'picture' });
    id = (checked.json() as { id: string }).id;
  });

  /** Asks and expects a refusal that says what was wrong: never an error of ours. */
  async function isRefused(path: string, method = 'GET', body?: string): Promise<void> {
    const answer = await test.control(path, { method, ...(body === undefined ? {} : { body }) });
    expect([400, 404, 410, 413, 415], `${method} ${path.slice(0, 100)} ${body?.slice(0, 100)}`).toContain(
      answer.status,
    );
    expect(answer.json()).toMatchObject({ code: expect.not.stringMatching('internal'), retryable: false });
  }

  const query = (body: object | string) =>
    isRefused('/api/history/query', 'POST', typeof body === 'string' ? body : JSON.stringify(body));

  it('end in an internal error by the cursor of a page', async () => {
    for (const before of [
      '',
      'x',
      'ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
      '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
      '0'.repeat(25),
      '0'.repeat(27),
      'x'.repeat(100_000),
      '\u0000'.repeat(26),
      'ＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺＺ',
      '01arz3ndektsv4rrffq69g5fav',
      0,
      null,
      {},
      [],
    ]) {
      await query({ before });
    }
    for (const before of ['0'.repeat(26), '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', id]) {
      const answer = await test.control('/api/history/query', { method: 'POST', body: JSON.stringify({ before }) });
      expect(answer.status).toBe(200);
    }
  });

  it('end in an internal error by dates, sizes and choices of a filter', async () => {
    for (const filter of [
      '{"from":1e400}',
      '{"to":-1e400}',
      '{"from":1e300}',
      '{"to":8.64e15000}',
      '{"from":8640000000000001}',
      '{"from":"2020"}',
      '{"to":null}',
      `{"verdict":[${Array.from({ length: 5000 }, () => '"fake"').join(',')}]}`,
      `{"label":[${Array.from({ length: 5000 }, () => '"none"').join(',')}]}`,
      `{"kind":[${Array.from({ length: 5000 }, () => '"image"').join(',')}]}`,
      '{"verdict":["maybe"]}',
      '{"verdict":{"length":1}}',
      `{"site":"${'x'.repeat(100_000)}"}`,
      `{"pack":"${'x'.repeat(100_000)}"}`,
      `{"case":"${'x'.repeat(65)}"}`,
      '{"tag":"a"}',
      '{"tag":["a,b"]}',
      `{"tag":[${Array.from({ length: 17 }, (_, index) => `"${index}"`).join(',')}]}`,
      `{"search":"${'x'.repeat(201)}"}`,
      '{"__proto__":{"verdict":["fake"]}}',
      '{"constructor":{"prototype":{"x":1}}}',
      '[]',
      '1',
      'null',
    ]) {
      await query(`{"filter":${filter}}`);
      await isRefused('/api/history/export', 'POST', `{"format":"csv","filter":${filter}}`);
      await isRefused('/api/history/delete', 'POST', `{"filter":${filter}}`);
    }
    for (const limit of ['0', '-1', '1.5', '201', '1e400', '"5"', 'null']) await query(`{"limit":${limit}}`);
    expect((await test.control('/api/status')).json()).toMatchObject({ records: 1 });
  });

  it('search with what the full-text index takes for operators', async () => {
    for (const search of [
      '"',
      '*',
      'a"*',
      'NEAR(a b)',
      'a AND',
      'title:x',
      '\u0000',
      '\ud800',
      '(',
      '^',
      '-a',
      ' '.repeat(200),
      '𝕏'.repeat(100),
    ]) {
      for (const filter of [{ search }, { search, site: search }, { pack: search, from: -8.64e15, to: 8.64e15 }]) {
        const answer = await test.control('/api/history/query', { method: 'POST', body: JSON.stringify({ filter }) });
        expect(answer.status, JSON.stringify(filter)).toBe(200);
      }
    }
  });

  it('end in an internal error by the id of a record or a browser', async () => {
    for (const odd of ODD_IDS) {
      for (const part of [
        '',
        '/thumbnail',
        '/original',
        '/peaks/0',
        '/report',
        '/views/ela',
        '/views/magnifier?x=0.5',
      ]) {
        await isRefused(`/api/history/records/${odd}${part}`);
      }
      await isRefused(`/api/history/records/${odd}/explain`, 'POST', '{}');
      await isRefused(`/api/history/records/${odd}/recheck`, 'POST', '{}');
      await isRefused(`/api/history/records/${odd}/label`, 'PUT', '{"label":"real"}');
      await isRefused(`/api/history/records/${odd}`, 'PATCH', '{"note":"x"}');
      await isRefused(`/api/browsers/${odd}`, 'DELETE');
      for (const part of ['', '/report']) await isRefused(`/api/cases/${odd}${part}`);
      await isRefused(`/api/cases/${odd}`, 'PATCH', '{"name":"x"}');
      await isRefused(`/api/cases/${odd}`, 'DELETE');
      await isRefused(`/api/cases/${odd}/records`, 'POST', `{"ids":["${id}"]}`);
      await isRefused(`/api/cases/${odd}/records/${id}`, 'DELETE');
    }
  });

  it('end in an internal error by numbers, names and lists in an address', async () => {
    const record = `/api/history/records/${id}`;
    for (const path of [
      '/views/magnifier?x=NaN',
      '/views/magnifier?x=-1',
      '/views/magnifier?x=1e400',
      '/views/magnifier?x=0.5&x=0.5',
      '/views/magnifier?zoom=0',
      '/views/magnifier?zoom=1e9',
      '/views/nothing',
      '/views/__proto__',
      '/peaks/-1',
      '/peaks/999',
      '/peaks/1e1',
      '/peaks/%00',
      '/report?format=exe',
      '/report?language=xx',
      '/report?language=__proto__',
      '/report?private=2',
      '/report?format=html&format=json',
      '/report?download=%00',
    ]) {
      await isRefused(`${record}${path}`);
    }
    for (const path of ['/api/check', '/api/check-video']) {
      await isRefused(`${path}?fileName=${'x'.repeat(600)}`, 'POST', 'x');
      await isRefused(`${path}?pack=${'x'.repeat(101)}`, 'POST', 'x');
      await isRefused(`${path}?fileName=a&fileName=b`, 'POST', 'x');
    }
    await isRefused(`/api/check-video?recheckOf=${'x'.repeat(65)}`, 'POST', 'x');
    await isRefused('/api/check-video?recheckOf=none', 'POST', 'x');
  });

  it('end in an internal error by bodies that are no request', async () => {
    const nested = `${'{"filter":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    for (const body of [
      '',
      '{',
      'null',
      '1',
      '"x"',
      '[]',
      '\u0000',
      '\ufeff{',
      '{"a":1,}',
      'NaN',
      '['.repeat(100_000),
      nested,
    ]) {
      for (const [method, path] of [
        ['POST', '/api/history/delete'],
        ['POST', '/api/history/export'],
        ['PUT', `/api/history/records/${id}/label`],
        ['POST', '/api/session'],
      ] as const) {
        await isRefused(path, method, body);
      }
    }
    for (const ids of [[], [1], [null], Array.from({ length: 1001 }, () => 'x'), ['x'.repeat(65)]]) {
      await isRefused('/api/history/delete', 'POST', JSON.stringify({ ids }));
    }
    for (const body of ['{"recordId":1}', `{"recordId":"${'x'.repeat(65)}"}`])
      await isRefused('/api/history-link', 'POST', body);
    for (const body of ['{"head":"x"}', `{"head":"${'g'.repeat(64)}"}`, '{"head":0}']) {
      await isRefused('/api/history/verify', 'POST', body);
    }
    for (const body of [
      '{"retentionDays":1e400}',
      '{"retentionDays":-1}',
      '{"retentionDays":0.5}',
      '{"__proto__":{}}',
    ]) {
      await isRefused('/api/settings', 'PATCH', body);
    }
    expect((await test.control('/api/status')).json()).toMatchObject({ records: 1 });
  });

  it('change every object of the companion by the name of a prototype', async () => {
    for (const body of [
      '{"__proto__":{"recordingPaused":true}}',
      '{"constructor":{"prototype":{"recordingPaused":true}}}',
    ]) {
      await test.control('/api/settings', { method: 'PATCH', body });
    }
    expect(Object.hasOwn(Object.prototype, 'recordingPaused')).toBe(false);
    expect((await test.control('/api/settings')).json()).toMatchObject({ recordingPaused: false });
  });

  it('keep the companion busy with a long list of languages', async () => {
    const lists = [
      `a${' '.repeat(15_000)}b`,
      `a;${' '.repeat(15_000)}q=1`,
      'a;'.repeat(7_500),
      ','.repeat(15_000),
      `${Array.from({ length: 3000 }, () => 'xx').join(',')},de`,
    ];
    for (const list of lists) {
      // What is beyond the bounds is not read at all.
      expect((await test.request('/pair', { headers: { 'accept-language': list } })).headers['content-language']).toBe(
        'en',
      );
      // A thousand of them end the test in time only if each takes next to none.
      for (let count = 0; count < 1000; count += 1) acceptedLanguage(list);
    }
    expect(acceptedLanguage(`${'x'.repeat(490)},de`)).toBe('de');
    expect(acceptedLanguage(`${Array.from({ length: 40 }, () => 'x').join(',')},de`)).toBe('en');
  });
});
