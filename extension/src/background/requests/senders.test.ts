import { describe, expect, it } from 'vitest';
import type { Request } from '../../messaging/requests.ts';
import { mayRequest, type Sender } from './senders.ts';

const pair: Request = { type: 'pair', code: '7ZK0-0MPQ-X2B8-T6R1', port: 47615, replace: false };
const may = (request: Request, sender: Sender) => mayRequest(request, sender, 'own', 'chrome-extension://own/');

describe('who may ask the background', () => {
  it('the extension’s own pages', () => {
    expect(may({ type: 'get-state' }, { id: 'own', url: 'chrome-extension://own/popup.html' })).toBe(true);
  });

  it('the pairing page, to pair with its own port', () => {
    expect(may(pair, { id: 'own', url: 'http://127.0.0.1:47615/pair#x', frameId: 0 })).toBe(true);
    expect(may(pair, { id: 'own', url: 'http://localhost:47615/pair', frameId: 0 })).toBe(true);
    const words = { type: 'pair-words', port: 47615 } as const;
    expect(may(words, { id: 'own', url: 'http://localhost:47615/pair', frameId: 0 })).toBe(true);
    expect(may(words, { id: 'own', url: 'http://localhost:47616/pair', frameId: 0 })).toBe(false);
  });

  it('the history page, for a session of its own port and nothing else', () => {
    const session = { type: 'history-session', port: 47615 } as const;
    const at = (url: string, frameId = 0) => may(session, { id: 'own', url, frameId });
    expect(at('http://127.0.0.1:47615/?verdict=fake')).toBe(true);
    expect(at('http://127.0.0.1:47616/')).toBe(false);
    expect(at('http://127.0.0.1:47615/pair')).toBe(false);
    expect(at('http://127.0.0.1:47615/', 2)).toBe(false);
    expect(at('https://example.org:47615/')).toBe(false);
    expect(may(pair, { id: 'own', url: 'http://127.0.0.1:47615/', frameId: 0 })).toBe(false);
    expect(may({ type: 'get-settings' }, { id: 'own', url: 'http://127.0.0.1:47615/', frameId: 0 })).toBe(false);
  });

  it.each<[string, Request, Sender]>([
    [
      'a page that asks for something else',
      { type: 'unpair' },
      { id: 'own', url: 'http://127.0.0.1:47615/pair', frameId: 0 },
    ],
    ['another port than the page’s', pair, { id: 'own', url: 'http://127.0.0.1:8080/pair', frameId: 0 }],
    ['another path', pair, { id: 'own', url: 'http://127.0.0.1:47615/history', frameId: 0 }],
    ['a frame inside another page', pair, { id: 'own', url: 'http://127.0.0.1:47615/pair', frameId: 3 }],
    ['a public page', pair, { id: 'own', url: 'https://example.org:47615/pair', frameId: 0 }],
    [
      'a host that only looks like loopback',
      pair,
      { id: 'own', url: 'http://127.0.0.1.evil.test:47615/pair', frameId: 0 },
    ],
    ['a content script', { type: 'get-state' }, { id: 'own', url: 'https://example.org/', frameId: 0 }],
    ['another extension', { type: 'get-state' }, { id: 'other', url: 'chrome-extension://other/popup.html' }],
    ['nobody known', { type: 'get-state' }, { id: 'own' }],
  ])('not %s', (_, request, sender) => expect(may(request, sender)).toBe(false));
});
