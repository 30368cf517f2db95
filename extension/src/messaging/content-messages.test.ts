import { MAX_CAPTURE_BYTES } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { sampleRecord } from '../overlay/card/sample-record.ts';
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

  it('takes a list of pictures, and of each verdict what a list shows', () => {
    const { verdict } = sampleRecord();
    const picture = { number: 1, name: 'A cat', width: 10, height: 10, inView: true, checking: false };
    const parsed = parseContentMessage({ type: 'pictures', id: 1, pictures: [picture, { ...picture, verdict }] });
    expect(parsed).toEqual({
      type: 'pictures',
      id: 1,
      pictures: [picture, { ...picture, verdict: { value: 'fake', probability: verdict.probability } }],
    });
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
    ['a picture without a number', { type: 'pictures', id: 1, pictures: [{ name: 'a', width: 1, height: 1 }] }],
    ['a label nobody offers', { type: 'label', id: 1, recordId: 'a', label: 'maybe' }],
  ])('refuses %s', (_, message) => {
    expect(() => parseContentMessage(message)).toThrow('could not be read');
  });
});
