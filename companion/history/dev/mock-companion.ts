import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  CompanionSettings,
  type ErrorCode,
  errorReport,
  HistoryPageRequest,
  SettingsPatch,
  UNDO_DELETION_MS,
} from '@touchstone/shared';
import { AutostartRequest, CSRF_HEADER, DeleteRequest, ExportRequest, LabelRequest } from '@touchstone/shared/api';
import * as v from 'valibot';
import type { Connect, Plugin } from 'vite';
import { exampleFigures } from '../src/system/fixtures/example-figures.ts';
import { drawing } from './drawing.ts';
import { answerEvidence, MOCK_PACKS } from './mock-evidence.ts';
import { MockLog } from './mock-log.ts';

const CSRF = 'csrf-of-the-mock';
/** The policy that the companion sends with this page. */
const POLICY = "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'";

/**
 * A stand-in for the companion: the HTTP API over generated records in memory. `MOCK_RECORDS` sets how many (100,000
 * unless told otherwise), `MOCK_EVERY_MS` how often a new one arrives (0: never). No picture is ever judged by it.
 */
export function mockCompanion(): Plugin {
  return {
    name: 'touchstone-mock-companion',
    configureServer: (server) => void server.middlewares.use(api()),
    configurePreviewServer: (server) => {
      server.middlewares.use((_request, response, next) => {
        response.setHeader('content-security-policy', POLICY);
        next();
      });
      server.middlewares.use(api());
    },
  };
}

function api(): Connect.NextHandleFunction {
  const log = new MockLog(Number(process.env.MOCK_RECORDS ?? 100_000));
  const every = Number(process.env.MOCK_EVERY_MS ?? 0);
  let settings = v.parse(CompanionSettings, {});
  let browsers = ['Chromium on Linux', 'Firefox on Linux'].map((name, index) => ({
    id: `browser-${index}`,
    name,
    origin: `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`,
    pairedAt: Date.now() - 86_400_000 * 12,
    lastSeenAt: index === 0 ? Date.now() : null,
    connected: index === 0,
  }));
  const streams = new Set<ServerResponse>();
  const emit = (name: string, data: unknown) => {
    for (const stream of streams) stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const status = () => ({
    version: '0.1.0-mock',
    protocol: 1,
    pid: process.pid,
    port: 0,
    startedAt: Date.now(),
    provider: 'cpu',
    providerReason: 'This is a stand-in for tests of the page.',
    packs: MOCK_PACKS,
    inUse: { quick: 'quick', thorough: 'thorough' },
    recordingPaused: settings.recordingPaused,
    records: log.size,
    queued: { live: 0, asked: 0, bulk: 0 },
    workerRestarts: 0,
  });
  if (every > 0) setInterval(() => emit('record', log.append()), every).unref();

  return (request, response, next) => {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (!url.pathname.startsWith('/api/')) return next();
    const json = (value: unknown, code = 200) => {
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const fail = (code: ErrorCode, httpStatus: number) => json(errorReport(code), httpStatus);
    const route = `${request.method} ${url.pathname.replace(/^\/api\/(history\/records|browsers)\/[^/]+/, '/api/$1/:id').replace(/(views|peaks)\/[^/]+$/, '$1/:of')}`;
    const id = decodeURIComponent(url.pathname.split('/')[url.pathname.startsWith('/api/browsers') ? 3 : 4] ?? '');
    if (route === 'POST /api/session') return json({ csrf: CSRF });
    if (!request.headers.cookie?.includes('mock_session=1')) {
      if (request.method === 'GET' && url.searchParams.has('sign-in')) {
        response.setHeader('set-cookie', 'mock_session=1; SameSite=Strict; Path=/; HttpOnly');
        return json({});
      }
      return fail('unauthorized', 401);
    }
    if (request.method !== 'GET' && request.headers[CSRF_HEADER] !== CSRF) return fail('unauthorized', 403);

    void readBody(request).then((body) => {
      const parse = <S extends v.GenericSchema>(schema: S) => v.parse(schema, JSON.parse(body.toString() || '{}'));
      switch (route) {
        case 'GET /api/session':
          return json({ csrf: CSRF });
        case 'GET /api/status':
          return json(status());
        case 'GET /api/system':
          return json(exampleFigures({ at: Date.now(), status: status() }));
        case 'GET /api/autostart':
          return json({ on: false });
        case 'PUT /api/autostart':
          return json({ on: parse(AutostartRequest).on });
        case 'GET /api/settings':
          return json(settings);
        case 'PATCH /api/settings':
          settings = v.parse(CompanionSettings, { ...settings, ...parse(SettingsPatch) });
          emit('status', status());
          return json(settings);
        case 'GET /api/browsers':
          return json(browsers);
        case 'DELETE /api/browsers/:id':
          browsers = browsers.filter((browser) => browser.id !== id);
          return json({});
        case 'GET /api/history/facets':
          return json(log.facets());
        case 'POST /api/history/query': {
          const { filter, before, limit, groups } = parse(HistoryPageRequest);
          return json(log.query(filter, before, limit, groups));
        }
        case 'GET /api/history/records/:id': {
          const record = log.get(id);
          return record ? json(record) : fail('not-found', 404);
        }
        case 'GET /api/history/records/:id/thumbnail':
        case 'GET /api/history/records/:id/original':
          return response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(drawing(id));
        case 'PUT /api/history/records/:id/label': {
          const { label } = parse(LabelRequest);
          log.setLabel(id, label);
          emit('label', { id, label });
          return json({ id, label });
        }
        case 'POST /api/history/delete': {
          const what = parse(DeleteRequest);
          const deleted = log.delete(what);
          emit('deleted', { ids: 'ids' in what ? what.ids : 'filter' });
          const until = Date.now() + UNDO_DELETION_MS;
          return json({ deleted, ...(what.undoable && { undo: { deletion: 'last', until } }) });
        }
        case 'GET /api/history/deletions':
          return json({ deletions: [] });
        case 'POST /api/history/undo-delete': {
          const restored = log.restore();
          emit('restored', { deletion: 'last' });
          return json({ restored });
        }
        case 'POST /api/history/export': {
          const { filter, format, ids } = parse(ExportRequest);
          const matching = log.matching(filter).filter(({ id: one }) => ids?.includes(one) ?? true);
          if (format === 'json') return json(matching);
          return response
            .writeHead(200, { 'content-type': 'text/csv' })
            .end(matching.map((one) => one.id).join('\r\n'));
        }
        case 'POST /api/check': {
          const name = url.searchParams.get('fileName') ?? '';
          if (name.endsWith('.txt')) return fail('unsupported-format', 415);
          const record = log.append();
          emit('record', record);
          return setTimeout(() => json({ ...record, source: { ...record.source, fileName: name } }), 400);
        }
        case 'GET /api/history/events':
          response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
          response.write(': hello\n\n');
          streams.add(response);
          return request.on('close', () => streams.delete(response));
        default:
          return answerEvidence({ route, url, id, log, emit, json, fail, response, request });
      }
    }, next);
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
