import { describe, expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { matchesFilter } from './matches-filter.ts';

const record = exampleRecord({ label: 'real', cases: [{ id: 'c1', name: 'Fire' }], tags: ['harbour'] });

describe('a live record against the filter', () => {
  it.each([
    [{}, true],
    [{ verdict: ['fake' as const] }, true],
    [{ verdict: ['real' as const] }, false],
    [{ kind: ['video-frame' as const] }, false],
    [{ label: ['none' as const] }, false],
    [{ label: ['real' as const, 'none' as const] }, true],
    [{ site: 'news.example.org' }, true],
    [{ site: 'example.org' }, false],
    [{ pack: 'quick@1.0.0' }, true],
    [{ pack: 'quick' }, false],
    [{ from: record.at, to: record.at + 1 }, true],
    [{ to: record.at }, false],
    [{ case: 'c1' }, true],
    [{ case: 'c2' }, false],
    [{ tag: ['other', 'harbour'] }, true],
    [{ tag: ['harb'] }, false],
    [{ search: 'HARB fire' }, true],
    [{ search: 'harbour missing' }, false],
    [{ search: 'arbour' }, false],
    [{ search: '(.*' }, true],
  ])('%j -> %s', (filter, expected) => expect(matchesFilter(record, filter)).toBe(expected));

  it('does not mind accents', () => {
    const accented = exampleRecord({ source: { ...record.source, pageTitle: 'Großbrand in Málaga' } });
    expect(matchesFilter(accented, { search: 'malaga' })).toBe(true);
  });
});
