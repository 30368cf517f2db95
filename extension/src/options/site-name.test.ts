import { describe, expect, it } from 'vitest';
import { siteName } from './site-name.ts';

describe('siteName', () => {
  it.each([
    ['example.org', 'example.org'],
    [' Example.ORG ', 'example.org'],
    ['https://example.org/news?x=1', 'example.org'],
    ['http://localhost:8080/', 'localhost'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['[::1]', '[::1]'],
    ['', undefined],
    ['two words', undefined],
    ['user@example.org', undefined],
    ['*.example.org', undefined],
    ['https://', undefined],
  ])('%s', (typed, host) => {
    expect(siteName(typed)).toBe(host);
  });
});
