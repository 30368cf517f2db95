import { expect, it, onTestFinished } from 'vitest';
import { rawRequest } from '../../gateway/fixtures/raw-request.ts';
import { captureOf } from '../../gateway/fixtures/stream-client.ts';
import { parseText, sampleOf } from '../../metrics/fixtures/parse-text.ts';
import { createMeters } from '../../metrics/meters.ts';
import { METRICS, type MetricName } from '../../metrics/metric-table.ts';
import { startCollector } from '../../tracing/fixtures/collector.ts';
import { startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { NOT_OF_WORKERS, serveWorkerMetrics, workerMetrics } from './worker-metrics.ts';

const databases = testDatabases({ fsync: 'off' });

async function start() {
  const desk = await startDesk(await databases.fresh());
  const meters = createMeters(NOT_OF_WORKERS);
  const [over, stopping] = [new AbortController(), new AbortController()];
  onTestFinished(() => over.abort());
  const status = () => ({
    version: '1.0.0',
    protocol: 2,
    pid: 1,
    port: 0,
    startedAt: 1_000,
    recordingPaused: false,
    ...desk.worker.status(),
    warnings: [],
  });
  const rooms = { team: desk.team, meters, dataFolder: desk.place, status, stopping: stopping.signal };
  const metrics = workerMetrics(rooms, over.signal);
  const listenAt = (host: string) => serveWorkerMetrics(metrics, { host, port: 0 }, meters, over.signal);
  return { desk, metrics, listenAt, stopping };
}

it('tells what one worker did, and nothing of the whole team or of whose it was', { timeout: 300_000 }, async () => {
  const { desk, metrics, listenAt, stopping } = await start();
  const port = await listenAt('127.0.0.1');
  const ann = await desk.join('Ann', 'analyst');
  for (const name of ['zanzibar', 'two'])
    await ann.program(`/v1/checks?wait=60&fileName=${name}.png`, { method: 'POST', body: name });
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  const body = await answer.text();
  expect([answer.status, answer.headers.get('content-type')?.startsWith('text/plain')]).toEqual([200, true]);
  const samples = parseText(body);
  expect(sampleOf(samples, 'touchstone_ready')).toBe(1);
  expect(sampleOf(samples, 'touchstone_jobs_ended_total', { state: 'completed' })).toBe(2);
  const names = Object.keys(METRICS) as MetricName[];
  for (const name of names) expect([name, body.includes(`# TYPE ${name} `)]).toEqual([name, !NOT_OF_WORKERS.has(name)]);
  for (const word of ['zanzibar', ann.id, 'Ann']) expect([word, body.includes(word)]).toEqual([word, false]);
  stopping.abort();
  expect(sampleOf(parseText(await metrics.text()), 'touchstone_ready')).toBe(0);
});

it('tells it on loopback under its own names alone, to no page, and by no other way', {
  timeout: 300_000,
}, async () => {
  const { listenAt } = await start();
  const port = await listenAt('127.0.0.1');
  const asked = async (target: string, headers: readonly (readonly [string, string])[] = [], method = 'GET') =>
    (await rawRequest(port, { method, target, headers })).status;
  expect(await asked('/metrics')).toBe(200);
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.2:${port}`, ''])
    expect([host, await asked('/metrics', [['Host', host]])]).toEqual([host, 421]);
  for (const header of [
    ['Origin', 'https://evil.example'],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Cookie', 'a=b'],
  ] as const)
    expect([header, await asked('/metrics', [header])]).toEqual([header, 401]);
  for (const target of ['/', '/metrics/', '/metrics?x', '//metrics', '/health', '/api/status'])
    expect([target, await asked(target)]).toEqual([target, 404]);
  for (const method of ['POST', 'HEAD', 'DELETE', 'OPTIONS']) expect(await asked('/metrics', [], method)).toBe(404);
  expect(await asked('http://127.0.0.1/metrics')).toBe(400);
  // On an address that somebody gave it has whatever name they call it by.
  const open = await listenAt('0.0.0.0');
  const byName = await rawRequest(open, { target: '/metrics', headers: [['Host', 'worker:47617']] });
  expect(byName.status).toBe(200);
  expect((await rawRequest(open, { target: '/metrics', headers: [['Origin', 'https://evil.example']] })).status).toBe(
    401,
  );
});

it('has one trace from whoever asks through the queue to the worker', { timeout: 300_000 }, async () => {
  const collector = await startCollector();
  onTestFinished(collector.close);
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.address };
  const desk = await startDesk(await databases.fresh(), { environment });
  const ann = await desk.join('Ann', 'analyst');
  const traceparent = `00-${trace}-b7ad6b7169203331-01`;
  const headers = { traceparent, 'content-type': 'image/png' };
  await ann.page('/api/check?fileName=zanzibar.png', { method: 'POST', body: 'waited for', headers });
  await ann.program('/v1/checks', { method: 'POST', body: 'accepted', headers });
  const client = await ann.stream();
  client.send(captureOf(1));
  await client.next('result');
  await expect.poll(() => collector.spans().filter(({ name }) => name.startsWith('pass on')).length).toBe(2);
  const spans = collector.spans();
  const spanIds = new Map(spans.map((span) => [span.spanId, span]));
  const works = (await desk.team.ledger.list({ limit: 10 })).map(({ work }) => work);
  /** Names of the spans above a job, the nearest first, up to whoever asked. */
  const above = (given: string | undefined): string[] => {
    const [, , id = ''] = given?.split('-') ?? [];
    const names: string[] = [];
    for (let span = spanIds.get(id); span; span = spanIds.get(span.parentSpanId)) names.push(span.name);
    return names;
  };
  expect(works.map((work) => above(work.trace)).toSorted()).toEqual([
    ['POST /v1/checks'],
    ['pass on picture'],
    ['pass on picture', 'POST /api/check'],
  ]);
  expect(works.filter((work) => work.trace?.split('-')[1] === trace)).toHaveLength(2);
  // What the worker begins with has it, and nothing says what was looked at, or who.
  expect(desk.worker.requests.map((request) => request.trace).toSorted()).toEqual(
    works.map((work) => work.trace).toSorted(),
  );
  for (const secret of ['zanzibar', ann.id, 'Ann', 'cdn.example']) expect(collector.text()).not.toContain(secret);
});
