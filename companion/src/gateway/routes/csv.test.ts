import { describe, expect, it } from 'vitest';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { CSV_HEADER, csvRow } from './csv.ts';
import { csvValue } from './csv-table.ts';

describe('CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|x', '=HYPERLINK("https://evil.example")'])(
    'never lets a spreadsheet run %j',
    (value) => {
      expect(csvValue(value).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('quotes what would break a row', () => {
    expect(csvValue('a,b')).toBe('"a,b"');
    expect(csvValue('say "a"')).toBe('"say ""a"""');
    expect(csvValue('two\nlines')).toBe('"two\nlines"');
    expect(csvValue('plain')).toBe('plain');
    expect(csvValue(-0.5)).toBe('-0.5');
    expect(csvValue(undefined)).toBe('');
  });

  it('leaves alone what is harmless', () => {
    for (const text of ['a - b', 'C++ = fun', 'mail@example.org', 'x=1&y=-2', 'https://a.example/?q=%3D']) {
      expect(csvValue(text)).toBe(text);
    }
  });

  it('has a value for every column', () => {
    const record = generatedRecord(1);
    const row = csvRow({ ...record, source: { ...record.source, pageTitle: '=cmd()' } });
    expect(row.split(',')).toHaveLength(CSV_HEADER.split(',').length);
    expect(row).toContain(",'=cmd(),");
  });
});
