import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ChainVerification,
  type ErrorCode,
  type Explanation,
  errorReport,
  type PackIdentity,
} from '@touchstone/shared';
import type { CheckVideoLine } from '@touchstone/shared/api';
import { drawing } from './drawing.ts';
import type { MockLog } from './mock-log.ts';

export const MOCK_PACKS: PackIdentity[] = [
  { name: 'quick', version: '1.0.0', sha256: 'b'.repeat(64), tier: 'quick' },
  { name: 'thorough', version: '1.2.0', sha256: 'c'.repeat(64), tier: 'thorough' },
];

interface Asked {
  readonly route: string;
  readonly url: URL;
  readonly id: string;
  readonly log: MockLog;
  readonly emit: (name: string, data: unknown) => void;
  readonly json: (value: unknown) => void;
  readonly fail: (code: ErrorCode, status: number) => void;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The routes of video and evidence. A record without an original is refused as the companion refuses it. */
export function answerEvidence(asked: Asked): unknown {
  const { route, url, id, log, emit, json, fail, response } = asked;
  const record = log.get(id);
  const svg = (text: string) => response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(text);
  switch (route) {
    case 'POST /api/check-video':
      return streamVideo(asked);
    case 'POST /api/history/verify':
      return json(verification(log.size));
    case 'GET /api/history/records/:id/peaks/:of':
      return svg(drawing(url.pathname, 320));
    case 'GET /api/history/records/:id/report':
      return response
        .writeHead(200, {
          'content-type': url.searchParams.get('format') === 'json' ? 'application/json' : 'text/html',
        })
        .end(`<!doctype html><title>Report</title><h1>Report of ${encodeURIComponent(id)}</h1>`);
  }
  if (!record) return fail('not-found', 404);
  if (!record.hasOriginal) return fail('picture-not-kept', 409);
  switch (route) {
    case 'POST /api/history/records/:id/explain':
      return setTimeout(() => json(explanation()), 600);
    case 'GET /api/history/records/:id/views/:of':
      return svg(drawing(url.pathname + (url.searchParams.get('zoom') ?? ''), 900));
    case 'POST /api/history/records/:id/recheck': {
      const again = log.append();
      const { timeline: _, ...judged } = again;
      const next = {
        ...judged,
        source: record.source,
        picture: record.picture,
        recheckOf: record.id,
        pack: MOCK_PACKS[1] ?? again.pack,
      };
      log.replace(next);
      emit('record', next);
      return setTimeout(() => json(next), 700);
    }
    default:
      return fail('not-found', 404);
  }
}

function streamVideo({ url, log, emit, response, request }: Asked): unknown {
  const line = (value: CheckVideoLine) => response.write(`${JSON.stringify(value)}\n`);
  const name = url.searchParams.get('fileName') ?? '';
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  if (name.endsWith('.avi')) {
    line({ type: 'error', error: errorReport('video-unreadable') });
    return response.end();
  }
  let frames = 0;
  const timer = setInterval(() => {
    frames += 4;
    if (frames < 60) {
      return line({
        type: 'progress',
        framesAnalyzed: frames,
        framesPlanned: 60,
        mediaTime: frames / 2,
        timeLeft: (60 - frames) * 60,
      });
    }
    clearInterval(timer);
    const record = log.appendVideo(name);
    emit('record', record);
    line({ type: 'result', record });
    return response.end();
  }, 250);
  request.on('close', () => clearInterval(timer));
  response.on('close', () => clearInterval(timer));
}

function explanation(): Explanation {
  const columns = 14;
  const rows = 10;
  const values = Array.from({ length: columns * rows }, (_, cell) => {
    const x = (cell % columns) / columns;
    const y = Math.floor(cell / columns) / rows;
    const warm = Math.exp(-((x - 0.2) ** 2 + (y - 0.25) ** 2) * 18);
    const cold = Math.exp(-((x - 0.8) ** 2 + (y - 0.8) ** 2) * 14);
    return Math.max(-1, Math.min(1, warm - cold * 0.7));
  });
  return {
    method: 'patches',
    columns,
    rows,
    values,
    regions: [
      { place: 'upper-left', weight: 1 },
      { place: 'centre', weight: 0.4 },
    ],
    pack: 'quick@1.0.0',
    runs: 0,
    took: 41,
  };
}

function verification(records: number): ChainVerification {
  const intact = process.env.MOCK_BROKEN_LOG === undefined;
  return {
    intact,
    records,
    heldBack: 0,
    tombstones: 3,
    unchained: 12,
    head: 'd'.repeat(64),
    damages: [],
    breaks: intact
      ? []
      : [
          { id: '01J8EDITED', problem: 'edited' },
          { id: '01J8MISSING', problem: 'missing' },
        ],
  };
}
