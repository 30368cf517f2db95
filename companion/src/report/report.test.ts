import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompanionSettings, type Explanation, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { LANGUAGES } from '@touchstone/shared/words';
import { XMLValidator } from 'fast-xml-parser';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createResultLog } from '../log/create-result-log.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { historyOf } from '../log/log-history.ts';
import { testDecoder } from '../picture-decoder/fixtures/test-decoder.ts';
import { testPicture } from '../pipeline/fixtures/test-pictures.ts';
import { createRecentPictures } from '../pipeline/recent-pictures.ts';
import type { KeptMedia } from '../store/record-store.ts';
import { buildReport } from './build-report.ts';
import { EvidenceReport } from './evidence-report.ts';
import { fullRecord } from './fixtures/full-record.ts';
import { renderHtml } from './render-html.ts';
import { acceptedLanguage } from './report-language.ts';
import { DOCUMENT_POLICY, REPORT_STYLE } from './style.ts';
import { reportTexts } from './texts/report-texts.ts';

const EXPLANATION: Explanation = {
  method: 'occlusion',
  columns: 2,
  rows: 2,
  values: [1, 0.5, -0.5, 0],
  regions: [{ place: 'upper-left', weight: 1 }],
  pack: 'quick@1.0.0',
  runs: 5,
  took: 10,
};

const photo = await testPicture(300, 200)
  .jpeg()
  .withExif({ IFD3: { GPSLatitudeRef: 'N' } })
  .toBuffer();
const sha256 = createHash('sha256').update(photo).digest('hex');

async function report(
  record: ResultRecord,
  media: KeptMedia = {},
  withPrivate = false,
  explain = async () => EXPLANATION,
) {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-report-'));
  const log = createResultLog(join(folder, 'history.sqlite'));
  const end = new AbortController();
  onTestFinished(async () => {
    log.close();
    end.abort();
    await rm(folder, { recursive: true, force: true });
  });
  log.append(record, media);
  const recent = createRecentPictures(end.signal);
  const rooms = {
    log: historyOf(log),
    recent,
    pipeline: { explain, decoder: testDecoder },
    settings: v.parse(CompanionSettings, {}),
    version: '1.2.3',
  };
  return buildReport(rooms, { recordId: record.id, withPrivate, limits: ['It is no proof.'] });
}

const ofPhoto = generatedRecord(4, { picture: { ...generatedRecord(4).picture, sha256 } });

describe('the report', () => {
  it('holds the record, its link in the chain, the picture without metadata, and the heat map', async () => {
    const made = await report(ofPhoto, { original: photo });
    expect(v.is(EvidenceReport, made)).toBe(true);
    expect(made).toMatchObject({
      record: { id: ofPhoto.id, picture: { sha256 } },
      chain: { position: 1, unchanged: true },
      picture: { from: 'original', sameBytes: true, image: { width: 300, height: 200 } },
      explanation: EXPLANATION,
      touchstone: { version: '1.2.3' },
    });
    expect(Buffer.from(made.picture.image?.base64 ?? '', 'base64').toString('latin1')).not.toMatch(/Exif|GPS/);
  });

  it('says when the kept original is another one, and draws no conclusion from it', async () => {
    const made = await report(generatedRecord(4), { original: photo });
    expect(made).toMatchObject({ picture: { from: 'original', sameBytes: false }, explanation: null });
    expect(renderHtml(made, reportTexts('en'))).toContain('Somebody changed it.');
  });

  it('does with the small copy, and without any', async () => {
    const made = await report(ofPhoto, { thumbnail: await testPicture(64, 48).webp().toBuffer() });
    expect(made.picture).toMatchObject({ from: 'thumbnail', sameBytes: null, image: { width: 64 } });
    expect((await report(ofPhoto)).picture).toEqual({ from: 'none', sameBytes: null, image: null });
  });

  it('does without a heat map where the pack is gone', async () => {
    const gone = () => Promise.reject(new TouchstoneError('pack-unknown'));
    expect((await report(ofPhoto, { original: photo }, false, gone)).explanation).toBeNull();
  });

  it('does without a heat map where the file itself decided: the score is not from there', async () => {
    const reasons = [{ code: 'c2pa-ai', direction: 'ai', text: 'Signed.', details: { signer: 'Studio' } }] as const;
    const decided = { ...ofPhoto, verdict: { ...ofPhoto.verdict, reasons: [...reasons] } };
    expect((await report(decided, { original: photo })).explanation).toBeNull();
  });

  it('leaves out what could betray its owner unless asked for', async () => {
    const record = fullRecord('https://secret.example/');
    const without = await report(record);
    expect(without.leftOut).toEqual({ privateFacts: 1, earlierPage: false });
    for (const text of [JSON.stringify(without), renderHtml(without, reportTexts('en'))]) {
      expect(text).not.toContain('52.5163');
    }
    expect(renderHtml(without, reportTexts('en'))).toContain('1 private entries');
    expect(renderHtml(await report(record, {}, true), reportTexts('en'))).toContain('52.5163 N');
  });
});

describe('the HTML', () => {
  const hostile = `"><script src=x onerror='alert(1)'></script><img src=https://evil.example/x>&amp;\u202Egnp.exe\u0000\u200b\u3164\u{e0041}\`\${1}`;

  it.each(LANGUAGES)('takes every text of a stranger as text: %s', async (language) => {
    const made = await report(fullRecord(hostile), { peaks: [await testPicture(64, 48).webp().toBuffer()] });
    const text = renderHtml(made, reportTexts(language));
    expect(text).not.toMatch(/<script|<img src=https|onerror='/i);
    for (const sign of ['\u0000', '\u202e', '\u200b', '\u3164', '\u{e0041}']) expect(text).not.toContain(sign);
    // Every attribute that loads something loads from the report itself.
    const loading = [...text.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(loading.length).toBeGreaterThan(0);
    expect(loading.filter((address) => !address?.startsWith('data:image/webp;base64,'))).toEqual([]);
    expect(text).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    const words = reportTexts(language);
    for (const heading of Object.values(words.headings)) {
      if (heading !== words.headings.heatMap) expect(text).toContain(heading);
    }
  });

  it('is well formed', async () => {
    const made = await report({ ...fullRecord(hostile), id: ofPhoto.id });
    const text = renderHtml(made, reportTexts('en'))
      .replace('<!doctype html>', '')
      .replaceAll(/<(meta|img|br)\b([^>]*)>/g, '<$1$2/>');
    expect(XMLValidator.validate(text)).toBe(true);
  });

  it('carries one style sheet and no inline style, as its own policy demands', async () => {
    const text = renderHtml(await report(ofPhoto, { original: photo }), reportTexts('en'));
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
    expect(style).toBe(REPORT_STYLE);
    expect(DOCUMENT_POLICY).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(text).not.toMatch(/\sstyle="/);
    expect(text).toContain(DOCUMENT_POLICY.replaceAll("'", '&#39;'));
  });
});

it('says in words what was done to the file and what failed', async () => {
  const base = fullRecord('x');
  const provenance = base.provenance && {
    ...base.provenance,
    actions: [
      { action: 'c2pa.color_adjustments', softwareAgent: 'Darkroom', ai: false },
      { action: 'com.example.magic', ai: true },
    ],
    failures: ['assertion.dataHash.mismatch', 'assertion.bmffHash.mismatch'],
  };
  const text = renderHtml(await report({ ...base, ...(provenance && { provenance }) }), reportTexts('de'));
  expect(text).toContain('<li>Farben angepasst: <bdi>c2pa.color_adjustments, Darkroom</bdi></li>');
  expect(text).toContain('<li><bdi>com.example.magic</bdi> (');
  expect(text.split('nach der Unterschrift verändert.')).toHaveLength(2);
  expect(text).toContain('<code><bdi>assertion.bmffHash.mismatch</bdi></code>');
});

describe('the language', () => {
  it.each([
    ['de', 'Kamera', 'Standard, Qualität 85'],
    ['ar', 'الكاميرا', 'قياسية، الجودة 85'],
  ] as const)('names the facts of the file too: %s', async (language, camera, tables) => {
    const facts = [
      { group: 'camera', name: 'Camera', value: 'Box', private: false },
      { group: 'encoding', name: 'Quantisation tables', value: 'standard, quality 85', private: false },
    ] as const;
    const text = renderHtml(await report({ ...ofPhoto, facts: [...facts] }), reportTexts(language));
    expect(text).toContain(`<bdi>${camera}</bdi></td><td><bdi>Box</bdi>`);
    expect(text).toContain(`<bdi>${tables}</bdi>`);
    expect(text).not.toContain('Quantisation');
  });

  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de-CH,de;q=0.9,en;q=0.8', 'de'],
    ['fr, ar;q=0.5, en;q=0.4', 'ar'],
    ['fr', 'en'],
    ['de;q=0, ar', 'ar'],
    ['en;q=0.1, AR;q=0.2', 'ar'],
    [';;q=x,,', 'en'],
  ])('of %j is %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });
});
