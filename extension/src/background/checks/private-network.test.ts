import { describe, expect, it } from 'vitest';
import { isLocalHost, LOCAL_ADDRESS_PATTERNS, LOCAL_DOMAINS, mayFetch } from './private-network.ts';

const local = [
  'http://localhost/',
  'http://app.localhost:3000/x',
  'http://127.0.0.1:47615/api',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0.0.0.0/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/admin.png',
  'http://169.254.169.254/latest',
  'http://100.64.0.1/',
  'http://[::1]:8080/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://[::ffff:192.168.0.1]/',
  'http://router/',
  'http://printer.local/',
  'http://nas.home.arpa./',
];
const open = [
  'https://example.org/a.jpg',
  'http://172.32.0.1/',
  'http://100.128.0.1/',
  'http://11.0.0.1/',
  'http://192.169.0.1/',
  'https://local.example.org/',
  'https://10.example.org/x',
  'https://localhost.example.org/',
];
const patterns = LOCAL_ADDRESS_PATTERNS.map((pattern) => new RegExp(pattern));
const ruledOut = ({ href, hostname }: URL): boolean =>
  patterns.some((pattern) => pattern.test(href)) ||
  LOCAL_DOMAINS.some((domain) => `.${hostname.replace(/\.$/, '')}`.endsWith(`.${domain}`));

describe('local hosts', () => {
  it.each(local)('%s is local, for the rule and for the check', (address) => {
    const url = new URL(address);
    expect(isLocalHost(url.hostname)).toBe(true);
    expect(ruledOut(url)).toBe(true);
  });

  it.each(open)('%s is not', (address) => {
    expect(isLocalHost(new URL(address).hostname)).toBe(false);
  });

  it.each(open)('the rule lets %s pass', (address) => {
    expect(ruledOut(new URL(address))).toBe(false);
  });
});

describe('mayFetch', () => {
  const router = new URL('http://192.168.1.1/logo.png');

  it('keeps a public page from the local network, unless a person asked', () => {
    expect(mayFetch(router, 'https://example.org/', false)).toBe(false);
    expect(mayFetch(router, undefined, false)).toBe(false);
    expect(mayFetch(router, 'https://example.org/', true)).toBe(true);
  });

  it('lets a page fetch from its own host, and only that one', () => {
    expect(mayFetch(router, 'http://192.168.1.1:8080/', false)).toBe(true);
    expect(mayFetch(router, 'http://192.168.1.2/', false)).toBe(false);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://a.test/x',
    'chrome://favicon/x',
    'moz-extension://a/x',
    'blob:https://a.test/1',
  ])('never fetches %s, not even for a person', (address) =>
    expect(mayFetch(new URL(address), address, true)).toBe(false),
  );

  it('reads data addresses and public ones', () => {
    expect(mayFetch(new URL('data:image/png;base64,AA=='), undefined, false)).toBe(true);
    expect(mayFetch(new URL('https://cdn.test/a.jpg'), 'https://example.org/', false)).toBe(true);
  });
});
