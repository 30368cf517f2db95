import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HistoryFilter, ResultRecord } from '@touchstone/shared';
import { api, JSON_LINES_TYPE } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { withoutPrivateFacts } from '../../report/public-record.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { filterOf } from '../v1/record-filter.ts';
import { CSV_HEADER, csvRow } from './csv.ts';

/** Records written between two looks at everything else that waits; about 5 ms of work. */
const RECORDS_PER_TURN = 200;

async function* inChunks(texts: Iterable<string>): AsyncGenerator<string> {
  let chunk = '';
  let count = 0;
  for (const text of texts) {
    chunk += text;
    count += 1;
    if (count % RECORDS_PER_TURN !== 0) continue;
    yield chunk;
    chunk = '';
    await nextTurn();
  }
  yield chunk;
}

function* asCsv(records: Iterable<ResultRecord>): Generator<string> {
  yield CSV_HEADER;
  for (const record of records) yield csvRow(record);
}

/** One JSON array, one record a line. */
function* asJson(records: Iterable<ResultRecord>): Generator<string> {
  let separator = '[\n';
  for (const record of records) {
    // Place and serial numbers never leave unless asked; a report of one record can hold them.
    yield separator + JSON.stringify(withoutPrivateFacts(record));
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** One record a line. */
function* asLines(records: Iterable<ResultRecord>): Generator<string> {
  for (const record of records) yield `${JSON.stringify(withoutPrivateFacts(record))}\n`;
}

const FORMATS = {
  csv: { texts: asCsv, type: 'text/csv; charset=utf-8' },
  json: { texts: asJson, type: 'application/json; charset=utf-8' },
  jsonl: { texts: asLines, type: JSON_LINES_TYPE },
} as const;

/** Everything that matches the filter, streamed at the reader's pace. */
export async function exportRoutes(app: FastifyInstance, { log }: GatewayContext): Promise<void> {
  const handle = handlerOf(app);

  function stream(reply: FastifyReply, format: keyof typeof FORMATS, filter: HistoryFilter): FastifyReply {
    const day = new Date().toISOString().slice(0, 10);
    const { texts, type } = FORMATS[format];
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="touchstone-history-${day}.${format}"`)
      .send(Readable.from(inChunks(texts(log.iterate(filter))), { objectMode: false }));
  }

  handle(api.history.export, async ({ body: { format, filter }, reply }) => stream(reply, format, filter));
  handle(api.v1Records.export, async ({ query: { format, ...chosen }, reply }) =>
    stream(reply, format, filterOf(chosen)),
  );
}
