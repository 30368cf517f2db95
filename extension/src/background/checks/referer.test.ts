import { describe, expect, it } from 'vitest';
import { refererFor } from './referer.ts';

const picture = new URL('https://cdn.test/a.jpg');

describe('refererFor', () => {
  it('gives another origin only the origin of the page', () => {
    expect(refererFor(picture, 'https://site.test/secret?token=1#x')).toBe('https://site.test/');
  });

  it('gives its own origin the address, without fragment and password', () => {
    expect(refererFor(new URL('https://site.test/a.jpg'), 'https://me:pw@site.test/page?q=1#x')).toBe(
      'https://site.test/page?q=1',
    );
  });

  it.each([undefined, 'about:blank', 'file:///home/me/page.html', 'not an address'])('has none for %s', (page) => {
    expect(refererFor(picture, page)).toBeUndefined();
  });

  it('has none from a secure page to an insecure address', () => {
    expect(refererFor(new URL('http://cdn.test/a.jpg'), 'https://site.test/')).toBeUndefined();
  });
});
