import { foreignText } from '@touchstone/shared/words';
import { describe, expect, it } from 'vitest';
import { recordName } from './record-name.ts';
import { safeLink, siteOf } from './safe-link.ts';

const source = { kind: 'image', path: 'original-bytes', private: false } as const;

describe('hostile strings', () => {
  it('takes direction overrides, zero-width marks and controls out of a title', () => {
    expect(foreignText('photo\u202Egnp.exe\u0000\n\u200B end\u2066')).toBe('photo gnp.exe end');
    expect(foreignText('Can\u00ADon\u3164 \u{E0041}\uFEFF')).toBe('Can on');
    expect(foreignText('می\u200Cخواهم 👩\u200D🚀')).toBe('می\u200Cخواهم 👩\u200D🚀');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'JaVaScRiPt:1',
    'blob:https://a/b',
    '',
    '//x',
  ])('makes no link of %j', (address) => expect(safeLink(address)).toBeUndefined());

  it('shows lookalike hosts and hidden characters in their plain spelling', () => {
    expect(safeLink('https://аpple.com/\u202E')).toBe('https://xn--pple-43d.com/%E2%80%AE');
    expect(siteOf('https://user:pass@example.org:444/x')).toBe('example.org');
  });
});

describe('record name', () => {
  it('prefers the file, then the address, then the page', () => {
    expect(recordName({ ...source, fileName: 'a.jpg', url: 'https://x/b.png' })).toBe('a.jpg');
    expect(recordName({ ...source, url: 'https://x/f/sch%C3%B6n.png?s=1' })).toBe('schön.png');
    expect(recordName({ ...source, url: 'https://x/%E0%A4%A', pageTitle: 'T' })).toBe('%E0%A4%A');
    expect(recordName({ ...source, url: 'data:image/png,…', pageTitle: ' T ' })).toBe('T');
    expect(recordName(source)).toBeUndefined();
  });
});
