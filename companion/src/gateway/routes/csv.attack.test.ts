import { describe, expect, it } from 'vitest';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { CSV_HEADER, csvRow } from './csv.ts';
import { csvValue } from './csv-table.ts';

const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−', '⁼', '₊'];

/** Reads a line as a spreadsheet does whose cells end with `separator`: quotes count at the start of a cell only. */
function readRow(line: string, separator: string): string[] {
  const cells: string[] = [];
  let place = 0;
  while (place <= line.length) {
    let cell = '';
    if (line[place] === '"') {
      place += 1;
      while (place < line.length && (line[place] !== '"' || line[place + 1] === '"')) {
        cell += line[place];
        place += line[place] === '"' ? 2 : 1;
      }
      place += 1;
    }
    while (place < line.length && line[place] !== separator) {
      cell += line[place];
      place += 1;
    }
    cells.push(cell);
    place += 1;
  }
  return cells;
}

/** Whether a spreadsheet would run a cell, after all that one may leave out in front. */
function isFormula(cell: string): boolean {
  return (
    SIGNS.includes(cell.replace(/^[\s\p{C}\p{Default_Ignorable_Code_Point}"']+/u, '').charAt(0)) &&
    !cell.startsWith("'")
  );
}

function formulasIn(title: string): string[] {
  const record = generatedRecord(1);
  const row = csvRow({ ...record, source: { ...record.source, pageTitle: title, fileName: title, url: title } });
  return [',', ';', '\t', '|', '；'].flatMap((separator) =>
    row.split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/).flatMap((line) => readRow(line, separator).filter(isFormula)),
  );
}

const PAYLOAD = "cmd|'/C calc'!A0";

describe('attack: formulas in exports', () => {
  it.each(SIGNS)('run a formula that starts with %s', (sign) => {
    expect(formulasIn(`${sign}${PAYLOAD}`)).toEqual([]);
  });

  it.each([
    ['a space', ' '],
    ['a no-break space', '\u00a0'],
    ['an ideographic space', '\u3000'],
    ['a zero-width space', '\u200b'],
    ['a byte order mark', '\ufeff'],
    ['a right-to-left mark', '\u200f'],
    ['a tab', '\t'],
    ['a line break', '\n'],
    ['a carriage return', '\r'],
    ['a null byte', '\0'],
    ['a quote', '"'],
    ['two quotes', '""'],
    ['an apostrophe behind a quote', '"\''],
  ])('hide the start of a formula behind %s', (_, before) => {
    for (const sign of SIGNS) expect(formulasIn(`${before}${sign}${PAYLOAD}`)).toEqual([]);
  });

  it.each([';', '\t', '|', '\n', '\r\n', '\u2028', '；'])(
    'start a cell of their own where %j separates',
    (separator) => {
      for (const sign of SIGNS) {
        for (const blank of ['', ' ', '\u200b', '"', ' "', '""']) {
          const title = `News${separator}${blank}${sign}${PAYLOAD}${blank}`;
          expect(formulasIn(title), JSON.stringify(title)).toEqual([]);
          expect(csvValue(title)).toContain(
            `'${JSON.stringify(blank).slice(1, -1) === blank ? blank : ''}`.slice(0, 1),
          );
        }
      }
    },
  );

  it('break out of their cell with quotes and line breaks', () => {
    expect(formulasIn('a","=1+1')).toEqual([]);
    expect(formulasIn('a"\r\n"=1+1')).toEqual([]);
    const row = csvRow({ ...generatedRecord(1), source: { ...generatedRecord(1).source, pageTitle: 'a","b' } });
    expect(readRow(row.trimEnd(), ',')).toHaveLength(CSV_HEADER.split(',').length);
  });

  it('make the export slow with text that looks for its end again and again', () => {
    // One pass: a text a thousand times as long as any that is kept still ends the test in time.
    expect(csvValue(`${'\t '.repeat(2_000_000)}=1`)).toContain("'");
  });
});
