// @vitest-environment node
import { MAX_DATASET_ITEMS } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { type FileOnItsWay, uploadOf } from './teach-files.ts';

const given = (path: string): FileOnItsWay => ({ path, file: new File([path], path.split('/').at(-1) ?? '') });
const partsOf = (body: Blob | FormData | undefined): string[] =>
  body instanceof FormData
    ? [...body].map(([name, value]) => `${name} ${value instanceof File ? value.name : ''}`)
    : [];

it('a zip goes as it is', () => {
  const zip = given('mine.zip');
  expect(uploadOf([zip])).toEqual({ name: 'mine.zip', body: zip.file });
  expect(uploadOf([])).toBeUndefined();
});

it('a folder goes as a form, with the ways to its pictures, and without what is hidden', () => {
  const files = ['mine/ai/a.jpg', 'mine/real/b.jpg', 'mine/.thumbs/c.jpg', 'mine/real/.d.jpg'].map(given);
  const { name, body } = uploadOf(files) ?? {};
  expect(name).toBe('mine');
  expect(partsOf(body)).toEqual(['picture mine/ai/a.jpg', 'picture mine/real/b.jpg']);
});

it('the CSV file that lies highest says what is what, and comes first', () => {
  const files = ['mine/deep/other.csv', 'mine/a.jpg', 'mine/labels.csv'].map(given);
  expect(partsOf(uploadOf(files)?.body)).toEqual(['labels mine/labels.csv', 'picture mine/a.jpg']);
});

it('more pictures than can be taken are refused before anything is sent', () => {
  const many = Array.from({ length: MAX_DATASET_ITEMS + 101 }, () => given('mine/ai/a.jpg'));
  expect(() => uploadOf(many)).toThrow(expect.objectContaining({ code: 'dataset-unusable' }));
});
