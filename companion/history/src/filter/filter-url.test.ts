import { describe, expect, it } from 'vitest';
import { activeParts, filterFromUrl, filterToUrl, type PageFilter, toHistoryFilter } from './filter-url.ts';

const full: PageFilter = {
  step: ['leans-ai', 'unclear'],
  verdict: ['fake', 'uncertain'],
  kind: ['video-frame'],
  label: ['real', 'none'],
  content: 'a1'.repeat(32),
  case: '0123456789abcdef0123',
  tag: ['harbour', 'تحقق'],
  site: 'example.org',
  pack: 'quick@1.2.0',
  fromDay: '2026-03-28',
  toDay: '2026-03-29',
  search: 'a & b = "c"',
};

describe('filter in the address', () => {
  it('comes back as it went', () => {
    expect(filterFromUrl(`?${filterToUrl(full)}`)).toEqual(full);
    expect(filterToUrl({})).toBe('');
    expect(filterFromUrl('')).toEqual({});
  });

  it('leaves out what is not valid', () => {
    expect(
      filterFromUrl(
        '?verdict=proof&verdict=fake&kind=__proto__&from=2026-02-31&to=yesterday&site=&content=../x&case=&tag=&tag=a,b&record=x',
      ),
    ).toEqual({
      verdict: ['fake'],
    });
    expect(filterFromUrl(`?q=${'x'.repeat(5000)}`).search).toHaveLength(200);
  });

  it('turns days into moments of the reader’s own time, the last day inclusive', () => {
    const { from, to } = toHistoryFilter({ fromDay: '2026-03-28', toDay: '2026-03-29' });
    expect(from).toBe(new Date(2026, 2, 28).getTime());
    expect(to).toBe(new Date(2026, 2, 30).getTime());
    expect(toHistoryFilter({ search: '  ' })).toEqual({});
  });

  it('counts parts, with both dates as one', () => {
    expect(activeParts(full)).toBe(11);
    expect(activeParts({ search: '' })).toBe(0);
  });
});
