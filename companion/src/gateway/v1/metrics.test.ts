import { SystemFigures } from '@touchstone/shared/api';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseText, sampleOf } from '../../metrics/fixtures/parse-text.ts';
import { METRICS } from '../../metrics/metric-table.ts';
import { openSession } from '../fixtures/open-session.ts';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';

async function scrape(test: TestCompanion) {
  const answer = await test.control('/metrics');
  expect(answer.status).toBe(200);
  return { text: answer.text, samples: parseText(answer.text) };
}

async function figuresOf(test: TestCompanion): Promise<SystemFigures> {
  return v.parse(SystemFigures, (await test.control('/api/system')).json());
}

describe('GET /metrics', () => {
  it('answers text of Prometheus to a token that may read, and to no other', async () => {
    const test = await startTestCompanion();
    const [reads, others] = [await programOf(test, 'read'), await programOf(test, 'check', 'train', 'admin')];
    const answer = await reads.ask('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await others.ask('/metrics')).status).toBe(403);
    expect((await test.request('/metrics')).status).toBe(401);
    const { cookie } = await openSession(test);
    expect((await test.request('/metrics', { headers: { cookie } })).status).toBe(401);
  });

  it('counts checks, verdicts, requests, errors and bytes', async () => {
    const test = await startTestCompanion();
    for (const body of ['one', 'two', 'three']) await test.control('/api/check', { method: 'POST', body });
    await test.control('/api/check', { method: 'POST', body: '' });
    await test.control('/api/history/records/nothing');
    const { samples } = await scrape(test);
    const total = (name: string, labels = {}) =>
      samples
        .filter((sample) => sample.name === name)
        .filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
        .reduce((sum, { value }) => sum + value, 0);
    expect(total('touchstone_checks_total', { medium: 'picture' })).toBe(3);
    expect(sampleOf(samples, 'touchstone_verdict_probability_count')).toBe(3);
    expect(sampleOf(samples, 'touchstone_verdict_confidence_count')).toBe(3);
    expect(sampleOf(samples, 'touchstone_checks_today', { medium: 'picture' })).toBe(3);
    expect(sampleOf(samples, 'touchstone_records')).toBe(3);
    expect(total('touchstone_http_requests_total', { route: '/api/check', status: '200' })).toBe(3);
    expect(total('touchstone_http_requests_total', { route: '/api/history/records/:id', status: '404' })).toBe(1);
    expect(sampleOf(samples, 'touchstone_errors_total', { code: 'empty-file', where: 'http' })).toBe(1);
    expect(sampleOf(samples, 'touchstone_errors_total', { code: 'not-found', where: 'http' })).toBe(1);
    expect(sampleOf(samples, 'touchstone_network_bytes_total', { direction: 'received' })).toBeGreaterThan(500);
    expect(sampleOf(samples, 'touchstone_process_cpu_seconds_total', { process: 'companion' })).toBeGreaterThan(0);
    expect(sampleOf(samples, 'touchstone_process_memory_bytes', { process: 'companion' })).toBeGreaterThan(10_000_000);
    expect(sampleOf(samples, 'touchstone_disk_free_bytes')).toBeGreaterThan(0);
    expect(sampleOf(samples, 'touchstone_queue_depth', { lane: 'asked' })).toBe(0);
    expect(sampleOf(samples, 'touchstone_event_loop_lag_seconds', { statistic: 'p99' })).toBeGreaterThanOrEqual(0);
  });

  it('counters never go back, and gauges of what is over go away', async () => {
    const test = await startTestCompanion();
    await test.control('/api/check', { method: 'POST', body: 'one' });
    const counters = Object.entries(METRICS).flatMap(([name, { type }]) => (type === 'counter' ? [name] : []));
    const first = (await scrape(test)).samples.filter(({ name }) => counters.includes(name));
    const second = (await scrape(test)).samples;
    for (const { name, labels, value } of first) {
      expect(sampleOf(second, name, labels), name).toBeGreaterThanOrEqual(value);
    }
  });

  it('accepted checks are counted by how they end, and what waits by its lane', async () => {
    const test = await startTestCompanion();
    test.pipeline.hold();
    const accepted = await test.control('/v1/checks', {
      method: 'POST',
      body: 'picture',
      headers: { 'content-type': 'image/png' },
    });
    expect(accepted.status).toBe(202);
    const { samples: before } = await scrape(test);
    const waiting = sampleOf(before, 'touchstone_jobs_pending', { lane: 'asked' }) ?? 0;
    expect(waiting + (sampleOf(before, 'touchstone_jobs_processing') ?? 0)).toBe(1);
    test.pipeline.release();
    await test.control(`${accepted.headers.location}/events`);
    const { samples: after } = await scrape(test);
    expect(sampleOf(after, 'touchstone_jobs_ended_total', { state: 'completed' })).toBe(1);
    expect(sampleOf(after, 'touchstone_jobs_oldest_pending_seconds')).toBe(0);
  });
});

describe('GET /api/system', () => {
  it('tells people the same numbers, over the session of the history page', async () => {
    const test = await startTestCompanion();
    for (const body of ['one', 'two']) await test.control('/api/check', { method: 'POST', body });
    await test.control('/api/check', { method: 'POST', body: '' });
    const { cookie } = await openSession(test);
    const answer = await test.request('/api/system', { headers: { cookie } });
    expect(answer.status).toBe(200);
    const figures = v.parse(SystemFigures, answer.json());
    expect(figures.days.at(-1)).toMatchObject({ pictures: 2, videos: 0 });
    expect(figures.probabilities).toHaveLength(10);
    expect(figures.probabilities.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(figures.confidence).toBeGreaterThanOrEqual(0.5);
    expect(figures.errors).toEqual([{ code: 'empty-file', count: 1 }]);
    expect(figures.requests.refused).toBeGreaterThanOrEqual(1);
    expect(figures.storage.find(({ kind }) => kind === 'history')?.bytes).toBeGreaterThan(0);
    expect(figures.processes.find(({ process }) => process === 'companion')?.running).toBe(1);
    expect(figures.queue.map(({ lane }) => lane)).toEqual(['live', 'asked', 'bulk']);
  });

  it('a deleted record is in no number of the history any more', async () => {
    const test = await startTestCompanion();
    const { id } = (await test.control('/api/check', { method: 'POST', body: 'one' })).json() as { id: string };
    expect((await figuresOf(test)).days.at(-1)?.pictures).toBe(1);
    await test.control('/api/history/delete', { method: 'POST', body: JSON.stringify({ ids: [id] }) });
    expect((await figuresOf(test)).days.at(-1)?.pictures).toBe(0);
  });
});
