import { Readable } from 'node:stream';
import type { ResultRecord } from '@touchstone/shared';
import { api, JSON_LINES_TYPE } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { History } from '../../store/record-store.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { recordAnswer } from '../v1/record-answer.ts';
import { filterOf } from '../v1/record-filter.ts';
import { CSV_HEADER, csvRow } from './csv.ts';
import { inChunks } from './in-chunks.ts';
import { inThisContext } from './in-this-context.ts';

async function* asCsv(records: AsyncIterable<ResultRecord>): AsyncGenerator<string> {
  yield CSV_HEADER;
  for await (const record of records) yield csvRow(record);
}

/** One JSON array, one record a line. */
async function* asJson(records: AsyncIterable<ResultRecord>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const record of records) {
    // Place and serial numbers never leave unless asked; a report of one record can hold them.
    yield separator + JSON.stringify(recordAnswer(record));
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** One record a line. */
async function* asLines(records: AsyncIterable<ResultRecord>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(recordAnswer(record))}\n`;
}

const FORMATS = {
  csv: { texts: asCsv, type: 'text/csv; charset=utf-8' },
  json: { texts: asJson, type: 'application/json; charset=utf-8' },
  jsonl: { texts: asLines, type: JSON_LINES_TYPE },
} as const;

/** Records by their ids, newest first as ids rise with time, each once; those that are not there are left out. */
async function* named(log: Pick<History, 'get'>, ids: readonly string[]): AsyncGenerator<ResultRecord> {
  for (const id of [...new Set(ids)].sort().reverse()) {
    const record = await log.get(id);
    if (record) yield record;
  }
}

/** Everything that matches the filter, or is named, streamed at the reader's pace. */
export async function exportRoutes(app: FastifyInstance, { log }: GatewayContext): Promise<void> {
  const handle = handlerOf(app);

  function stream(
    reply: FastifyReply,
    format: keyof typeof FORMATS,
    records: AsyncIterable<ResultRecord>,
  ): FastifyReply {
    const day = new Date().toISOString().slice(0, 10);
    const { texts, type } = FORMATS[format];
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="touchstone-history-${day}.${format}"`)
      .send(Readable.from(inThisContext(inChunks(texts(records))), { objectMode: false }));
  }

  handle(api.history.export, async ({ body: { format, filter, ids }, reply }) =>
    stream(reply, format, ids ? named(log, ids) : log.iterate(filter)),
  );
  handle(api.v1Records.export, async ({ query: { format, ...chosen }, reply }) =>
    stream(reply, format, log.iterate(filterOf(chosen))),
  );
}
