import { CompanionSettings, type ResultRecord } from '@touchstone/shared';
import { LANGUAGES, type Language } from '@touchstone/shared/words';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXT, HOSTILE_TEXT_SHOWN } from '../../../shared/src/words/fixtures/hostile-text.ts';
import { openSession } from '../gateway/fixtures/open-session.ts';
import { startTestCompanion } from '../gateway/fixtures/test-companion.ts';
import { temporaryLog } from '../log/fixtures/temporary-log.ts';
import { historyOf } from '../log/log-history.ts';
import { testDecoder } from '../picture-decoder/fixtures/test-decoder.ts';
import { createRecentPictures } from '../pipeline/recent-pictures.ts';
import { buildReport } from './build-report.ts';
import { fullRecord } from './fixtures/full-record.ts';
import { foreign } from './html.ts';
import { renderHtml } from './render-html.ts';
import { reportTexts } from './texts/report-texts.ts';

/** What would run, load, leave its place or deceive if it were put into a page as it is. */
const PAYLOADS = {
  'a script': '<script>alert(1)</script>',
  'a script behind a quote': '"><script>alert(1)</script>',
  'a script behind an apostrophe': "'><script>alert(1)</script>",
  'an event on a picture': '<img src=x onerror=alert(1)>',
  'an event in an attribute': '" onmouseover="alert(1)" x="',
  'an event on SVG': '<svg/onload=alert(1)>',
  'a frame': '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  'a refresh': '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  'another base': '<base href="https://evil.example/">',
  'a form': '<form action=https://evil.example><input name=q></form>',
  'a style': '</style><style>*{background:url(https://evil.example)}</style>',
  'the end of a comment': '--><script>alert(1)</script><!--',
  'the end of a title': '</title><script>alert(1)</script>',
  'a section of XML': '<![CDATA[<script>alert(1)</script>]]>',
  'an entity': '&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;',
  'a template': `\${alert(1)}{{constructor.constructor("alert(1)")()}}<%= 7*7 %>`,
  'a script’s address': 'javascript:alert(1)',
  'a page as data': 'data:text/html,<script>alert(1)</script>',
  'full-width brackets': '＜script＞alert(1)＜/script＞',
  'a null byte': '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  'a line break in a tag': '<img\nsrc=x\nonerror=alert(1)>',
  'text that turns round': '\u202egpj.exe\u2066\u202c',
} as const;

async function reportOf(record: ResultRecord) {
  const { log } = await temporaryLog(0);
  log.append(record, {});
  const end = new AbortController();
  const rooms = {
    log: historyOf(log),
    recent: createRecentPictures(end.signal),
    pipeline: { explain: () => Promise.reject(new Error('no picture, no map')), decoder: testDecoder },
    settings: v.parse(CompanionSettings, {}),
    version: '1.2.3',
  };
  const report = await buildReport(rooms, { recordId: record.id, withPrivate: true, limits: [] });
  end.abort();
  return report;
}

const htmlOf = async (record: ResultRecord, language: Language): Promise<string> =>
  renderHtml(await reportOf(record), reportTexts(language));

/** The tags of a document with their attributes' names, in order: what texts must not be able to change. */
const skeletonOf = (html: string): string[] =>
  [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '=""'));

describe('attack: texts of strangers in reports', () => {
  it('look different in a report than on every other surface', () => {
    expect(foreign(HOSTILE_TEXT).html).toBe(`<bdi>${HOSTILE_TEXT_SHOWN}</bdi>`);
  });

  it.each(Object.entries(PAYLOADS))(
    'become part of the page with %s, in any field and language',
    async (_, payload) => {
      for (const language of LANGUAGES) {
        const harmless = skeletonOf(await htmlOf(fullRecord('harmless'), language));
        const html = await htmlOf(fullRecord(payload), language);
        expect(skeletonOf(html)).toEqual(harmless);
        for (const [, address = ''] of html.matchAll(/\s(?:src|href|action|srcset|data)="([^"]*)"/g)) {
          expect(address).toMatch(/^(data:image\/(png|jpeg|webp);base64,|#)/);
        }
        expect(html).not.toContain('\u0000');
        expect(html).not.toMatch(/[\u202a-\u202e\u2066\u2067\u2069]/);
      }
    },
  );

  it('be loaded as a picture of an ingredient', async () => {
    const base = fullRecord('x');
    for (const thumbnail of [
      'https://evil.example/x.png',
      'javascript:alert(1)',
      'data:text/html,<script>',
      '//evil.example/x',
    ]) {
      const ingredients = [{ title: 'x', relationship: 'parentOf', ingredients: [], thumbnail }];
      const provenance = base.provenance && { ...base.provenance, ingredients };
      // Such a record is not even written.
      const record = { ...base, ...(provenance && { provenance }) };
      await expect(htmlOf(record, 'en')).rejects.toMatchObject({ code: 'log-failed' });
    }
  });

  it('run in the history page’s answers, or break out of the stream of its events', async () => {
    const test = await startTestCompanion();
    const { page } = await openSession(test);
    for (const payload of Object.values(PAYLOADS)) {
      const query = new URLSearchParams({ fileName: payload });
      const checked = await test.control(`/api/check?${query}`, { method: 'POST', body: `picture ${payload}` });
      const { id } = checked.json() as { id: string };
      for (const path of [
        `/api/history/records/${id}`,
        '/api/history/facets',
        `/api/history/records/${id}/report?format=json`,
      ]) {
        const { headers } = await page(path);
        expect(headers['content-type']).toContain('application/json');
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
      }
      const html = await page(`/api/history/records/${id}/report`);
      expect(html.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-.*sandbox/);
      expect(html.headers['content-security-policy']).not.toMatch(/script|unsafe/);
      expect(html.text).not.toMatch(/<script|<img src=x|<svg\/|<iframe|<base|<form/);
      const name = String(html.headers['content-disposition']);
      expect(name).toBe(`inline; filename="touchstone-evidence-${id}.html"`);
    }
  });

  it('be served as a document in the place of a kept picture', async () => {
    const test = await startTestCompanion();
    for (const body of [
      '<script>alert(1)</script>',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      '%PDF-1.7',
      'GIF8<script>',
    ]) {
      const checked = await test.control('/api/check', { method: 'POST', body });
      const { id } = checked.json() as { id: string };
      const { headers } = await test.control(`/api/history/records/${id}/thumbnail`);
      expect(headers['content-type']).toMatch(/^(application\/octet-stream|image\/gif)$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain('sandbox');
    }
  });

  it('write into the names of files that are saved', async () => {
    const test = await startTestCompanion();
    const checked = await test.control('/api/check', { method: 'POST', body: 'picture' });
    const { id } = checked.json() as { id: string };
    const report = await test.control(`/api/history/records/${id}/report?download=1&format=json`);
    expect(report.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.json"$/);
  });
});
