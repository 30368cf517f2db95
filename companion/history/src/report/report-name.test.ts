import { describe, expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { caseReportName, reportName } from './report-name.ts';

describe('report name', () => {
  it('says the day, the picture and which record it is', () => {
    const { source } = exampleRecord();
    expect(reportName(exampleRecord({ at: new Date(2026, 2, 28, 12).getTime() }), 'html')).toBe(
      'touchstone-evidence-2026-03-28-harbour-jpg-000001.html',
    );
    const hostile = exampleRecord({
      id: '../../x',
      at: new Date(2026, 2, 28, 12).getTime(),
      source: { ...source, fileName: `..\\${'a'.repeat(200)}\u202E.exe` },
    });
    const name = reportName(hostile, 'json');
    expect(name).toMatch(/^[\w.-]+\.json$/);
    expect(name.length).toBeLessThan(110);
    expect(name).not.toContain('..');
  });

  it('of a case says its name in plain letters and the day', () => {
    const day = new Date(2026, 2, 28, 12);
    expect(caseReportName({ name: 'Großbrand: Hafen/Ufer' }, day)).toBe(
      'touchstone-case-gro-brand-hafen-ufer-2026-03-28.html',
    );
    expect(caseReportName({ name: 'حريق' }, day)).toBe('touchstone-case-2026-03-28.html');
  });
});
