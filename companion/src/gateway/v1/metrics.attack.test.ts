import { test as attempt, describe, expect } from 'vitest';
import { parseText } from '../../metrics/fixtures/parse-text.ts';
import { rawRequest } from '../fixtures/raw-request.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';

describe('attack: the metrics', () => {
  attempt('read from the metrics what somebody looked at', async () => {
    const test = await startTestCompanion();
    const secrets = ['secret-page.example', 'secret-file.png', 'secret-record', 'secret-search', 'Secret title'];
    await test.control('/api/check?fileName=secret-file.png', { method: 'POST', body: 'picture' });
    await test.control('/v1/checks?wait=5&fileName=secret-file.png', {
      method: 'POST',
      body: 'other',
      headers: { 'content-type': 'image/png' },
    });
    await test.control('/api/history/records/secret-record');
    await test.control('/secret-page.example/secret-file.png');
    await test.control('/v1/records?search=secret-search');
    for (const path of ['/metrics', '/api/system']) {
      const { text } = await test.control(path);
      for (const secret of secrets) expect(text.toLowerCase(), path).not.toContain(secret.toLowerCase());
    }
  });

  attempt('fill the memory with series: addresses, methods and codes that nobody knows', async () => {
    const test = await startTestCompanion();
    await test.control('/metrics');
    const before = parseText((await test.control('/metrics')).text).length;
    const headers = [['Authorization', `Bearer ${test.token}`]] as const;
    for (let i = 0; i < 200; i++) {
      await rawRequest(test.companion.port, { method: 'GET', target: `/nothing/${i}?x=${i}`, headers });
    }
    for (const method of ['PROPFIND', 'MKCOL', 'SEARCH', 'PURGE', 'REPORT', 'TRACE', 'COPY', 'LOCK']) {
      await rawRequest(test.companion.port, { method, target: '/metrics', headers });
    }
    const samples = parseText((await test.control('/metrics')).text);
    expect(samples.length - before).toBeLessThan(20);
    const methods = new Set(samples.flatMap(({ labels }) => (labels.method === undefined ? [] : [labels.method])));
    for (const method of methods) expect(['GET', 'POST', 'other']).toContain(method);
  });
});
