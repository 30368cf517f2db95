import { describe, expect, it } from 'vitest';
import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import type { MessageKey } from './messages.ts';

const places = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each([
  ['German', german],
  ['Arabic', arabic],
])('%s', (_, texts: Readonly<Record<MessageKey, string>>) => {
  it('has every text of the surfaces and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.entries(english))('%s keeps its places and says something', (key, template) => {
    const translated = texts[key as keyof typeof english];
    expect(places(translated)).toEqual(places(template));
    expect(translated.trim()).not.toBe('');
  });
});
