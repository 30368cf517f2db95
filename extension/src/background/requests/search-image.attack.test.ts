import { describe, expect, it } from 'vitest';
import type { TabResult } from '../../messaging/requests.ts';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
import { searchPage } from './search-image.ts';

const undecided = sampleRecord({
  verdict: { value: 'uncertain', leaning: 'ai', probability: 0.9, confidence: 'high', reasons: [], caveats: [] },
});
const withUrl = (url: string | undefined, isPrivate = false) => ({
  ...undecided,
  source: { kind: 'image' as const, path: 'original-bytes' as const, private: isPrivate, ...(url && { url }) },
});
const of = (record: typeof undecided): TabResult[] => [{ at: 1, asked: true, outcome: { kind: 'verdict', record } }];
const search = (record: typeof undecided, incognito = false, id = record.id) =>
  searchPage({ imageSearch: 'tineye' }, { incognito }, of(record), id);

describe('a page, or a frame that was taken over, wants', () => {
  it.each([
    ['the picture itself sent', 'data:image/png;base64,AAAA'],
    ['a blob sent', 'blob:https://example.org/1'],
    ['a file named', 'file:///home/me/secret.jpg'],
    ['a password sent', 'https://me:secret@example.org/a.jpg'],
    ['a machine of the own network named', 'http://192.168.1.1/camera.jpg'],
    ['a loopback address named', 'http://[::1]/a.jpg'],
    ['a name of the own network sent', 'http://nas.local/a.jpg'],
    ['a bare host name sent', 'http://intranet/a.jpg'],
    ['code run', 'javascript:alert(1)'],
  ])('%s: nothing opens', (_, url) => {
    expect(search(withUrl(url))).toBeUndefined();
  });
  it('a search of another tab, or of what it made up: nothing opens', () => {
    expect(search(undecided, false, 'made-up')).toBeUndefined();
  });
  it('a search from a private window: nothing opens', () => {
    expect(search(undecided, true)).toBeUndefined();
    expect(search(withUrl('https://example.org/a.jpg', true))).toBeUndefined();
  });
  it('a search that the person has not chosen: nothing opens', () => {
    expect(searchPage({ imageSearch: 'none' }, { incognito: false }, of(undecided), undecided.id)).toBeUndefined();
  });
  it('another place on the service: the address stays one value of its query', () => {
    const page = search(withUrl('https://example.org/a.jpg?x=1&y=2#part'));
    expect(page).toBe('https://tineye.com/search?url=https%3A%2F%2Fexample.org%2Fa.jpg%3Fx%3D1%26y%3D2');
  });
});
