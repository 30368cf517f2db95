import { errorReport } from '@touchstone/shared';
import { errorsOf } from '@touchstone/shared/api';
import { expect, it } from 'vitest';
import { startTestCompanion } from '../fixtures/test-companion.ts';
import { httpStatusOf } from '../http-status.ts';
import { DESCRIBED_ROUTES, openApiDocument } from './document.ts';

/** Everything under a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...valuesOf(key, inner)]);
}

const document: unknown = JSON.parse(JSON.stringify(openApiDocument('1.2.3')));
const { paths, components } = openApiDocument('1.2.3');

it('describes every route of programs with its errors by status, and no other', () => {
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(described.toSorted()).toEqual(DESCRIBED_ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted());
  for (const route of DESCRIBED_ROUTES) {
    const operation = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    const statuses = Object.keys(operation?.responses ?? {});
    for (const code of errorsOf(route)) expect(statuses, `${route.path} ${code}`).toContain(String(httpStatusOf(code)));
  }
});

it('refers only to schemas that it holds, and names each operation once', () => {
  const refs = valuesOf('$ref', document);
  expect(refs.length).toBeGreaterThan(20);
  for (const ref of refs) {
    expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
    expect(Object.keys(components.schemas)).toContain(String(ref).split('/').at(-1));
  }
  const names = valuesOf('operationId', document);
  // The routes, and the one message that comes to listeners.
  expect(new Set(names).size).toBe(DESCRIBED_ROUTES.length + 1);
  expect(names).toContain('checksCreate');
  expect(valuesOf('$defs', document)).toEqual([]);
});

it('says what a query takes, what is needed, and which scope', () => {
  expect(paths['/v1/records']?.get).toMatchObject({ security: [{ token: ['read'] }], operationId: 'recordsList' });
  expect(paths['/v1/records/export']?.get?.parameters).toContainEqual(
    expect.objectContaining({ name: 'format', in: 'query', required: true }),
  );
  expect(paths['/v1/records/{id}']?.get?.parameters).toContainEqual(
    expect.objectContaining({ name: 'id', in: 'path', required: true }),
  );
  expect(paths['/health']?.get?.security).toEqual([]);
  expect(Object.keys(paths['/v1/checks']?.post?.responses ?? {})).toEqual(
    expect.arrayContaining(['200', '202', '429']),
  );
});

it('says in which form an address tells its errors, as it does', async () => {
  const formOf = (path: string): string[] => Object.keys(Object(paths[path]?.post?.responses['401']).content);
  const test = await startTestCompanion();
  for (const path of ['/v1/checks', '/v1/infer', '/predict', '/api/v1/detection/upload']) {
    const { headers } = await test.request(path, { method: 'POST' });
    expect([String(headers['content-type']).split(';', 1)[0]], path).toEqual(formOf(path));
  }
});

it('is served to anybody, with a page that explains each code under its name, from nowhere else', async () => {
  const test = await startTestCompanion();
  expect((await test.request('/v1/openapi.json')).json()).toMatchObject({ openapi: '3.1.0', paths: expect.anything() });
  const page = await test.request('/v1/docs');
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  expect(page.text).not.toMatch(/<script|<style|style=|onload=|https?:\/\/(?!127)/);
  for (const code of new Set(DESCRIBED_ROUTES.flatMap(errorsOf))) {
    expect(page.text).toContain(`id="${code}"`);
    expect(page.text).toContain(errorReport(code).message.slice(0, 10));
  }
});
