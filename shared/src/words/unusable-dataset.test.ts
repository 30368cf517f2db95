import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DATASET_FAULT_KINDS, MAX_FAULT_FILE } from '../dataset-fault.ts';
import { ErrorReport } from '../error-report.ts';
import { TouchstoneError } from '../touchstone-error.ts';
import { LANGUAGES } from './languages.ts';
import { faultWords, unusableDataset } from './unusable-dataset.ts';

describe('an unusable data set', () => {
  it('tells line and file over the wire, in English and in the words of whoever reads it', () => {
    const sent = unusableDataset('csv-picture', { line: 3, file: 'a.jpg' }).toReport();
    const read = TouchstoneError.fromReport(v.parse(ErrorReport, JSON.parse(JSON.stringify(sent))));
    expect(read.fault?.text).toBe('Line 3 of the CSV file: this picture did not come along: a.jpg');
    expect(read.nextStep).toBe('Correct the CSV file and give it again; nothing of it was kept.');
    expect(read.fault && faultWords('de', read.fault).sentence).toBe(
      'Zeile 3 der CSV-Datei: Dieses Bild kam nicht mit: a.jpg',
    );
  });

  it.each(LANGUAGES.map((language) => [language]))(
    'has every place filled in %s, in what the schema reads',
    (language) => {
      for (const kind of DATASET_FAULT_KINDS) {
        const report = unusableDataset(kind, { line: 9_999, count: 10_000, file: 'w'.repeat(9_999) }).toReport();
        expect(v.is(ErrorReport, report), kind).toBe(true);
        const words = report.fault && faultWords(language, report.fault);
        expect(words?.sentence, kind).not.toMatch(/[{}]/);
        expect(words?.nextStep, kind).not.toBe('');
      }
    },
  );

  it('shows no name that deceives', () => {
    const { file } =
      unusableDataset('zip-link', { file: `gpj\u202e\u001b[2J${'x'.repeat(500)}` }).toReport().fault ?? {};
    expect(file).toMatch(/^gpj \[2Jx+$/);
    expect(file?.length).toBeLessThanOrEqual(MAX_FAULT_FILE);
  });

  it('passes through what only a newer Touchstone knows', () => {
    expect(faultWords('de', { kind: 'of-tomorrow' })).toEqual({ sentence: undefined, nextStep: undefined });
    expect(faultWords('de', { kind: 'constructor' })).toEqual({ sentence: undefined, nextStep: undefined });
  });
});
