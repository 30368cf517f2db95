import type { AuditEntry, Colleague } from '@touchstone/shared/api';
import { LANGUAGES, type MessageKey, type MessageValues, textOf } from '@touchstone/shared/words';
import { expect, it } from 'vitest';
import { aboutText, deedText, whoText } from './deed-words.ts';

const words = (language: (typeof LANGUAGES)[number]) => ({
  t: (key: MessageKey, values?: MessageValues) => textOf(language, key, values),
});
const EN = words('en');

const colleague = (id: string, name: string): Colleague => ({
  id,
  name,
  role: 'reader',
  createdAt: 0,
  disabledAt: null,
  seenAt: null,
  sessions: 0,
  waysIn: 1,
});
const PEOPLE = [colleague('a', 'Ann'), colleague('b', 'Ben\u202e <b>')];

const entry = (deed: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  number: 1,
  at: 0,
  person: 'a',
  action: deed,
  deed,
  target: '',
  detail: '',
  ...more,
});

it('says who it was, also of those who are nobody here', () => {
  expect(whoText(entry('joined'), PEOPLE, EN)).toBe('Ann');
  expect(whoText(entry('joined', { person: null }), PEOPLE, EN)).toBe('command line');
  expect(whoText(entry('joined', { person: 'gone' }), PEOPLE, EN)).toBe('somebody who is not in this team');
  expect(whoText(entry('joined', { person: 'b' }), PEOPLE, EN)).not.toContain('\u202e');
});

it.each([
  [entry('signed-in', { detail: 'passkey' }), 'with a passkey'],
  [entry('invited', { target: 'f'.repeat(20), detail: 'reader Mary Ann' }), 'Mary Ann, reader'],
  [entry('joined', { detail: 'analyst' }), 'analyst'],
  [entry('role-changed', { target: 'a', detail: 'reader admin' }), 'Ann: reader → admin'],
  [entry('kept-out', { target: 'a' }), 'Ann'],
  [entry('kept-out', { target: 'f'.repeat(20) }), 'ffffffffffff…'],
  [entry('token-made', { target: 'x', detail: 'read admin' }), 'read results and cases · delete results and cases'],
  [entry('passkey-added', { target: 'x', detail: 'my phone' }), 'my phone'],
  [entry('case-deleted', { target: 'abc' }), 'abc'],
  [entry('case-shared', { target: 'abc', detail: 'a view' }), 'abc Ann view'],
  [entry('signed-out'), ''],
])('says of %o whom or what it was about', (of, about) => {
  expect(aboutText(of, PEOPLE, EN)).toBe(about);
});

it('shows what a newer server did by its own word, whatever stands there', () => {
  const strange = entry('flew\u0000away', { detail: 'x'.repeat(10), target: 'y' });
  expect(deedText(strange, EN)).not.toContain('\u0000');
  expect(aboutText(strange, PEOPLE, EN)).toBe('y xxxxxxxxxx');
  for (const deed of ['signed-in', 'invited', 'joined', 'role-changed'])
    expect(aboutText(entry(deed, { detail: 'of another time' }), PEOPLE, EN)).toBe('of another time');
});

it.each(LANGUAGES)('has a word for each deed (%s)', (language) => {
  expect(deedText(entry('kept-out'), words(language))).toBe(textOf(language, 'deed-kept-out'));
});
