import { MAX_CAPTURE_BYTES } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import type { ContentMessage } from './content-messages.ts';
import { parseContentMessage } from './content-messages.ts';

const check: ContentMessage = {
  type: 'check',
  id: 1,
  lane: 'asked',
  url: 'https://example.org/a.jpg',
  pageTitle: 'A page',
  credentials: true,
};

describe('parseContentMessage', () => {
  it('takes what the content script sends', () => {
    expect(parseContentMessage(check)).toEqual(check);
    expect(parseContentMessage({ type: 'cancel', id: 3 })).toEqual({ type: 'cancel', id: 3 });
  });

  it('shortens a long page title and drops members nobody knows', () => {
    const parsed = parseContentMessage({ ...check, pageTitle: 'x'.repeat(5000), admin: true });
    expect(parsed).toMatchObject({ pageTitle: 'x'.repeat(512) });
    expect(parsed).not.toHaveProperty('admin');
  });

  it.each<[string, unknown]>([
    ['no message at all', null],
    ['an unknown type', { type: 'set-settings', patch: {} }],
    ['an id that is no id', { type: 'cancel', id: 1.5 }],
    ['a lane of its own', { ...check, lane: 'vip' }],
    ['bytes that JSON made', { ...check, pixels: { path: 'canvas', bytes: {} } }],
    ['too many bytes', { ...check, pixels: { path: 'canvas', bytes: new ArrayBuffer(MAX_CAPTURE_BYTES + 1) } }],
    [
      'a rectangle that is not finite',
      { type: 'pixels', id: 1, rect: { x: Number.NaN, y: 0, width: 1, height: 1, devicePixelRatio: 1 } },
    ],
    ['a label nobody offers', { type: 'label', id: 1, recordId: 'a', label: 'maybe' }],
  ])('refuses %s', (_, message) => {
    expect(() => parseContentMessage(message)).toThrow('could not be read');
  });
});
