import type { ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { temporaryLog } from '../log/fixtures/temporary-log.ts';
import { historyOf } from '../log/log-history.ts';
import { testDecoder } from '../picture-decoder/fixtures/test-decoder.ts';
import { testPicture } from '../pipeline/fixtures/test-pictures.ts';
import { caseReport } from './case-report.ts';
import { fullRecord } from './fixtures/full-record.ts';
import { REPORT_STYLE } from './style.ts';
import { reportTexts } from './texts/report-texts.ts';

type Filed = Pick<ResultRecord, 'note' | 'tags'>;

const thumbnail = await testPicture(64, 48).webp().toBuffer();
const at = Date.UTC(2026, 2, 28, 12);
const one = {
  id: 'c1',
  name: 'Fire',
  note: 'First line.\nSecond line.',
  tags: ['harbour'],
  createdAt: at,
  updatedAt: at,
};

/** The log as it is asked for a case; what a person wrote is put beside the records here. */
async function reportOf(
  records: readonly ResultRecord[],
  filed: Filed = {},
  change: Partial<typeof one> = {},
  language = LANGUAGES[0] ?? 'en',
) {
  const { log } = await temporaryLog(0);
  for (const record of records) log.append(record, { thumbnail });
  const history = historyOf(log);
  const withFiled = <Of extends ResultRecord>(record: Of) => ({ ...record, ...filed });
  const asked: unknown[] = [];
  const rooms = {
    log: {
      ...history,
      async *iterate(filter: Parameters<typeof history.iterate>[0]) {
        asked.push(filter);
        yield* history.iterate({});
      },
      async get(id: string) {
        const record = await history.get(id);
        return record && withFiled(record);
      },
    },
    decoder: testDecoder,
    version: '1.2.3',
  };
  let html = '';
  const request = { case: { ...one, ...change, records: records.length }, texts: reportTexts(language) };
  for await (const piece of caseReport(rooms, request)) html += piece;
  expect(asked).toEqual([{ case: 'c1' }]);
  return html;
}

const three = [generatedRecord(1), generatedRecord(3), generatedRecord(4)];
const plain = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the report of a case', () => {
  it('has its note and tags, and of each result step, date, packs, picture and that it is no proof', async () => {
    const html = await reportOf(three, { note: 'Sent by a reader.', tags: ['mail'] });
    const text = plain(html);
    expect(html).toContain('<p class="written" dir="auto">First line.\nSecond line.</p>');
    expect(text).toContain('Tags: harbour');
    expect(html.match(/<section class="entry"/g)).toHaveLength(3);
    expect(html.match(/src="data:image\/webp;base64,/g)).toHaveLength(3);
    expect(html.split('An estimate, never proof.')).toHaveLength(4);
    expect(html.split('Sent by a reader.')).toHaveLength(4);
    for (const record of three) {
      const words = textOf('en', `step-${stepOf(record.verdict)}`);
      const day = new Date(record.at).toISOString().slice(0, 19).replace('T', ' ');
      const name = `photo-${three.indexOf(record) === 0 ? 1 : three.indexOf(record) + 2}.jpg`;
      // In the table at the head, and again where it is told in full.
      expect(text).toMatch(new RegExp(`${name} ${words} ${day} UTC ${record.pack.name} 1\\.0\\.0`));
      expect(text.split(words).length).toBeGreaterThan(2);
      expect(text).toContain(record.id);
    }
    expect(text).toContain('3 results');
    expect(text).toContain('It is never proof.');
  });

  it('leads from each row of its table to the result, and nowhere else', async () => {
    const html = await reportOf(three);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to);
    expect(links).toEqual(['#result-1', '#result-2', '#result-3']);
    for (const link of links) expect(html).toContain(`id="${link?.slice(1)}"`);
  });

  it('says that a record was changed behind the log’s back', async () => {
    const html = await reportOf(three);
    expect(html).not.toContain('CHANGED');
    const { log, forge, id } = await temporaryLog(1);
    forge("UPDATE bodies SET body = replace(body, 'harbour', 'desert!')");
    const rooms = { log: historyOf(log), decoder: testDecoder, version: '1.2.3' };
    let forged = '';
    const everything = { ...rooms.log, iterate: () => historyOf(log).iterate({}) };
    const request = { case: { ...one, records: 1 }, texts: reportTexts('en') };
    for await (const piece of caseReport({ ...rooms, log: everything }, request)) forged += piece;
    expect(forged).toContain(id(0));
    expect(forged).toContain('CHANGED since it was written');
  });

  it('of no results is one that says so', async () => {
    const html = await reportOf([]);
    expect(plain(html)).toContain('0 results');
    expect(html).not.toContain('<table');
  });

  it.each(LANGUAGES)('takes every text of a stranger as text, and is well formed: %s', async (language) => {
    const hostile = `"><script src=x onerror='alert(1)'></script><img src=https://evil.example/x>&amp;\u202Egnp.exe\u200b`;
    const html = await reportOf(
      [fullRecord(hostile)],
      { note: hostile, tags: [hostile] },
      { name: hostile, note: hostile, tags: [hostile] },
      language,
    );
    expect(html).not.toMatch(/<script|<img src=https|onerror='/i);
    for (const sign of ['\u202e', '\u200b']) expect(html).not.toContain(sign);
    for (const [, address = ''] of html.matchAll(/\s(?:src|href)="([^"]*)"/g))
      expect(address).toMatch(/^(data:image\/webp;base64,|#result-1$)/);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
    expect(style).toBe(REPORT_STYLE);
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain(textOf(language, 'never-proof'));
    const closed = html.replace('<!doctype html>', '').replaceAll(/<(meta|img|br)\b([^>]*)>/g, '<$1$2/>');
    expect(XMLValidator.validate(closed)).toBe(true);
  });

  it('names neither other cases nor where else a picture was seen, nor places and serial numbers', async () => {
    const record = fullRecord('https://elsewhere.example/');
    const html = await reportOf([
      { ...record, source: { kind: 'image', path: 'file', fileName: 'a.jpg', private: false } },
    ]);
    expect(html).not.toContain('52.5163');
    expect(html).not.toMatch(/>https:\/\/elsewhere\.example\/</);
  });
});
