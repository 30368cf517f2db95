import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { readControlFile } from '../daemon/control-file.ts';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { type CollectedSpan, startCollector } from './fixtures/collector.ts';

const MAIN = fileURLToPath(new URL('../daemon/main.ts', import.meta.url));
const NOTES = new URL('./fixtures/note-modules.mjs', import.meta.url).href;
const PICTURE = fileURLToPath(new URL('../../assets/samples/rocket.jpg', import.meta.url));
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const ASKING = 'b7ad6b7169203331';

interface Started {
  readonly child: ChildProcess;
  /** A check over HTTP, waited for. */
  check(headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Addresses of all modules that it loaded. */
  modules(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

async function startDaemon(environment: Readonly<Record<string, string>> = {}): Promise<Started> {
  const home = await temporaryFolder();
  const noted = join(await temporaryFolder(), 'modules');
  const args = ['--disable-warning=ExperimentalWarning', '--import', NOTES, MAIN];
  const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...own } = process.env;
  const child = spawn(process.execPath, args, {
    env: { ...own, TOUCHSTONE_HOME: home, TOUCHSTONE_PORT: '0', NOTED_MODULES: noted, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(createInterface({ input: child.stdout }), 'line');
  const control = await readControlFile(home);
  if (!control) throw new Error('the companion did not start');
  return {
    child,
    check: async (headers = {}) =>
      fetch(`http://127.0.0.1:${control.port}/v1/checks?wait=60&pack=starter&fileName=secret-name.jpg`, {
        method: 'POST',
        headers: { authorization: `Bearer ${control.token}`, 'content-type': 'image/jpeg', ...headers },
        body: new Uint8Array(await readFile(PICTURE)),
      }),
    modules: async () => (await readFile(noted, 'utf8')).split('\n'),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const attribute = (span: CollectedSpan | undefined, key: string): unknown =>
  Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];

it('without an endpoint not one module of OpenTelemetry is loaded, whatever is checked and scraped', async () => {
  const daemon = await startDaemon();
  expect((await daemon.check()).status).toBe(200);
  await daemon.stop();
  const modules = await daemon.modules();
  expect(modules.some((url) => url.includes('prom-client'))).toBe(true);
  expect(modules.filter((url) => url.includes('opentelemetry'))).toEqual([]);
});

it('nor with one on another computer', async () => {
  const daemon = await startDaemon({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://192.0.2.1:4318' });
  await daemon.stop();
  expect((await daemon.modules()).filter((url) => url.includes('opentelemetry'))).toEqual([]);
});

it('a check is one trace from its request to its record, under whoever asked, and says nothing of what was checked', async () => {
  const collector = await startCollector();
  onTestFinished(collector.close);
  const daemon = await startDaemon({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.address });
  expect((await daemon.check({ traceparent: `00-${TRACE}-${ASKING}-01` })).status).toBe(200);
  await daemon.stop();

  const spans = collector.spans().filter(({ traceId }) => traceId === TRACE);
  const named = (name: string) => spans.find((span) => span.name === name);
  const [request, check] = [named('POST /v1/checks'), named('check picture')];
  expect(request?.parentSpanId).toBe(ASKING);
  expect(check?.parentSpanId).toBe(request?.spanId);
  for (const stage of ['receive', 'queue', 'decode', 'preprocess', 'inference', 'evidence', 'record']) {
    const span = named(stage);
    expect(span?.parentSpanId, stage).toBe(check?.spanId);
    expect(BigInt(span?.endTimeUnixNano ?? 0) >= BigInt(span?.startTimeUnixNano ?? 1), stage).toBe(true);
  }
  expect(attribute(request, 'http.route')).toBe('/v1/checks');
  expect(Number(attribute(request, 'http.response.status_code'))).toBe(200);
  expect(attribute(check, 'touchstone.lane')).toBe('asked');
  for (const secret of ['secret-name', PICTURE, 'Bearer', 'host.name', 'process.']) {
    expect(collector.text()).not.toContain(secret);
  }
});

it('a collector that is not there keeps nobody from being answered, nor the companion from stopping', async () => {
  const daemon = await startDaemon({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect((await daemon.check()).status).toBe(200);
  await daemon.stop();
  expect(daemon.child.exitCode).toBe(0);
});
