import { describe, expect, it } from 'vitest';
import { NEXT_STEPS, nextSteps, type Offered, searchable } from './next-steps.ts';

const picture = (more: Partial<Offered['source']> = {}): Offered => ({
  verdict: { value: 'uncertain' },
  source: { kind: 'image', url: 'https://news.example.org/a.jpg', path: 'original-bytes', private: false, ...more },
});

describe('what is offered where no verdict falls', () => {
  it('is nothing where one fell', () => {
    expect(nextSteps({ ...picture(), verdict: { value: 'fake' } })).toEqual([]);
  });
  it('is everything for a public picture, most telling first', () => {
    expect(nextSteps(picture())).toEqual([...NEXT_STEPS]);
  });
  it('is no search from a private window, for a video, or for an address that only the reader can open', () => {
    expect(nextSteps(picture({ private: true }))).not.toContain('search');
    expect(nextSteps(picture({ kind: 'video' }))).not.toContain('search');
    expect(nextSteps(picture({ url: 'http://printer.local/a.jpg' }))).not.toContain('search');
  });
});

it.each([
  ['https://a.example.org/1.jpg#part', 'https://a.example.org/1.jpg'],
  ['https://me:secret@a.example.org/1.jpg', undefined],
  ['http://192.168.1.4/1.jpg', undefined],
  ['http://[::1]/1.jpg', undefined],
  ['http://nas/1.jpg', undefined],
  ['data:image/png;base64,AA', undefined],
  ['blob:https://a.example.org/1', undefined],
  ['not an address', undefined],
  [undefined, undefined],
])('%j is told to a search as %j', (address, told) => expect(searchable(address)).toBe(told));
