import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { givenPath } from './given-path.ts';

const elsewhere = resolve('/elsewhere');

it.each([
  ['a script of the clone', { npm_lifecycle_event: 'touchstone', INIT_CWD: elsewhere }, resolve(elsewhere, 'a.jpg')],
  ['another script, such as a test', { npm_lifecycle_event: 'test', INIT_CWD: elsewhere }, resolve('a.jpg')],
  ['no script', {}, resolve('a.jpg')],
])('a relative path is the person’s own, started by %s', (_, environment, expected) => {
  expect(givenPath('a.jpg', environment)).toBe(expected);
});

it('an absolute path stays', () => {
  const path = resolve('/pictures/a.jpg');
  expect(givenPath(path, { npm_lifecycle_event: 'touchstone', INIT_CWD: elsewhere })).toBe(path);
});
