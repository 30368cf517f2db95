import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api, type RecordAnswer } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { sendPicture } from '../routes/send-picture.ts';
import { changeRecord } from './change-record.ts';
import { cursorOfPlace, placeOfCursor } from './cursor.ts';
import { recordAnswer } from './record-answer.ts';
import { filterOf } from './record-filter.ts';

type Field = keyof RecordAnswer;

/** The fields of a record that were asked for; all of them where none was. */
function only(record: RecordAnswer, fields: readonly Field[] | undefined): Partial<RecordAnswer> & { id: string } {
  if (fields === undefined) return record;
  const wanted: ReadonlySet<string> = new Set<string>([...fields, 'id']);
  const entries = Object.entries(record).filter(([name]) => wanted.has(name));
  return { ...(Object.fromEntries(entries) as Partial<RecordAnswer>), id: record.id };
}

/** The query of a page as it was asked, for the one that follows. */
function nextAddress(target: string, cursor: string): string {
  const query = new URLSearchParams(target.split('?', 2)[1] ?? '');
  query.set('cursor', cursor);
  return `${addressOf(api.v1Records.list)}?${query}`;
}

/** What was checked, for programs: pages, single records, their pictures and labels. */
export async function v1RecordRoutes(app: FastifyInstance, { log, cases }: GatewayContext): Promise<void> {
  const handle = handlerOf(app);

  handle(api.v1Records.list, async ({ query: { cursor, limit, fields, sort, ...chosen }, request, reply }) => {
    const after = cursor === undefined ? undefined : placeOfCursor(cursor, sort);
    const page = await log.sorted({ filter: filterOf(chosen), sort, after, limit });
    const next = page.next === null ? null : cursorOfPlace(page.next, sort);
    if (next !== null) reply.header('link', `<${nextAddress(request.url, next)}>; rel="next"`);
    return {
      records: page.records.map((record) => only(recordAnswer(record), fields)),
      next,
      total: page.total,
    };
  });

  handle(api.v1Records.get, async ({ params: { id } }) => {
    const record = await log.get(id);
    if (!record) throw new TouchstoneError('not-found');
    return recordAnswer(record);
  });
  handle(api.v1Records.thumbnail, async ({ params, reply }) => sendPicture(reply, await log.thumbnail(params.id)));
  handle(api.v1Records.original, async ({ params, reply }) => sendPicture(reply, await log.original(params.id)));
  handle(api.v1Records.change, async ({ params: { id }, body }) => changeRecord({ log, cases }, id, body));
  handle(api.v1Records.labelContent, async ({ params: { sha256 }, body: { label } }) => {
    const records = await log.labelContent(sha256, label);
    if (records.length === 0) throw new TouchstoneError('not-found');
    return { sha256, label, records: [...records] };
  });
  handle(api.v1Records.delete, async ({ params: { id } }) => {
    if ((await log.deleteIds([id])) === 0) throw new TouchstoneError('not-found');
  });
}
