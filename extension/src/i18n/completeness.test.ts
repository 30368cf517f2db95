import { CAVEAT_CODES, CAVEATS, ERROR_CODES, REASON_CODES, SENTENCES } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import type { Translation } from './messages.ts';

const places = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const sorted = (names: readonly string[]) => [...names].sort();

describe.each([
  ['German', german],
  ['Arabic', arabic],
])('%s', (_, translation: Translation) => {
  it('has every text of the surfaces and no other', () => {
    expect(sorted(Object.keys(translation.messages))).toEqual(sorted(Object.keys(english)));
  });

  it.each(Object.entries(english))('%s keeps its places and says something', (key, template) => {
    const translated = translation.messages[key as keyof typeof english];
    expect(places(translated)).toEqual(places(template));
    expect(translated.trim()).not.toBe('');
  });

  it('has every reason, with the same places', () => {
    expect(sorted(Object.keys(translation.reasons))).toEqual(sorted(REASON_CODES));
    for (const code of REASON_CODES) expect(places(translation.reasons[code])).toEqual(places(SENTENCES[code]));
  });

  it('has every caveat, with the same places', () => {
    expect(sorted(Object.keys(translation.caveats))).toEqual(sorted(CAVEAT_CODES));
    for (const code of CAVEAT_CODES) expect(places(translation.caveats[code])).toEqual(places(CAVEATS[code]));
  });

  it('has every error with its next step', () => {
    expect(sorted(Object.keys(translation.errors))).toEqual(sorted(ERROR_CODES));
    for (const texts of Object.values(translation.errors)) for (const text of texts) expect(text.trim()).not.toBe('');
  });
});
