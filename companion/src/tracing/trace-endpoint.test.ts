import { describe, expect, it } from 'vitest';
import { parseTraceParent } from '../observe/trace-parent.ts';
import { traceEndpoint } from './trace-endpoint.ts';

const endpoint = (text: string) => traceEndpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: text });

describe('where traces go', () => {
  it('is nowhere unless a person says so', () => {
    expect(traceEndpoint({})).toEqual({ outcome: 'none' });
    expect(endpoint(' ')).toEqual({ outcome: 'none' });
  });

  it.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
    ['http://localhost:4318/', 'http://localhost:4318/v1/traces'],
    ['http://[::1]:4318/otlp/', 'http://[::1]:4318/otlp/v1/traces'],
  ])('is a collector on this computer: %s', (text, url) => {
    expect(endpoint(text)).toEqual({ outcome: 'use', url });
  });

  it.each([
    'https://collector.example:4318',
    'http://127.0.0.1.evil.example:4318',
    'http://127.0.0.1@evil.example',
    'http://192.168.1.7:4318',
    'http://0.0.0.0:4318',
    'ftp://127.0.0.1',
    'nonsense',
  ])('and never another one: %s', (text) => {
    expect(endpoint(text)).toMatchObject({ outcome: 'refused', why: expect.stringContaining('nothing is traced') });
  });
});

describe('a traceparent', () => {
  it('says which trace and span ask', () => {
    const text = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const said = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', flags: 1 };
    expect(parseTraceParent(text)).toEqual(said);
  });

  it.each([
    undefined,
    '',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    '01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra',
  ])('that says nothing is none: %s', (text) => {
    expect(parseTraceParent(text)).toBeUndefined();
  });
});
